using FsCheck;
using FsCheck.Fluent;

namespace Nexus.Auth.Tests.Fuzz;

/// <summary>What is done to one parameter of a good request.</summary>
/// <param name="At">Which one, modulo their number.</param>
public sealed record Mangling(int At, string Kind, string Text);

/// <summary>A request that was good before it was mangled.</summary>
public sealed record FuzzedRequest(FuzzedEndpoint Endpoint, Shape Shape, Mangling[] Manglings)
{
    /// <summary>Its parameters, for a client that is registered.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters(Hosting.Agent agent)
    {
        var parameters = Endpoint.Good(agent).ToList();
        foreach (var mangling in Manglings) Apply(mangling, parameters);
        return parameters;
    }

    private static void Apply(Mangling mangling, List<(string Name, string Value)> parameters)
    {
        if (parameters.Count == 0) return;
        var at = mangling.At % parameters.Count;
        var (name, value) = parameters[at];
        switch (mangling.Kind)
        {
            case "drop": parameters.RemoveAt(at); break;
            case "repeat": parameters.Add((name, value)); break;
            case "replace": parameters[at] = (name, mangling.Text); break;
            case "append": parameters[at] = (name, value + mangling.Text); break;
            case "prepend": parameters[at] = (name, mangling.Text + value); break;
            case "rename": parameters[at] = (mangling.Text, value); break;
            default: parameters[at] = (name, value.ToUpperInvariant()); break;
        }
    }
}

/// <summary>Makes them.</summary>
public static class Fuzzes
{
    private static readonly string[] Kinds = ["drop", "repeat", "replace", "replace", "replace", "append", "prepend", "rename", "shout"];

    private static readonly string[] Spiteful =
    [
        "", " ", "null", "{}", "[]", "0", "-1", "99999999999999999999", "true", "none", "plain", "token", "code token", "form_post", "fragment",
        "%00", "%FF", "%zz", "%", "%0D%0AX: y", "\u202e", "\ufeff", "\ud83d\ude00", "<script>", "'\"", "\\", "../", "a\tb", "a\nb",
        "https://evil.example/", "//evil.example", "javascript:alert(1)", "http://127.0.0.1:1/callback", "https://client.example/callback?x",
        "https://[::1", "urn:ietf:params:oauth:grant-type:device_code", "client_credentials", "authorization_code", "refresh_token", "password",
        "client_id", "client_secret", "redirect_uri", "request", "request_uri", "client_assertion", "client_assertion_type", "id_token_hint",
        "prompt", "max_age", "response_mode", "resource", "code_challenge_method", "decision", "granted", "allow", "__RequestVerificationToken",
        "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJub25lIn0..", "a.b.c", "a.b.c.d.e", "c_", "openid", "offline_access", new('a', 129), new('a', 9000),
    ];

    public static Arbitrary<FuzzedRequest> Requests() => (
        from endpoint in Gen.Elements(FuzzedEndpoint.All.ToArray())
        from shape in Gen.Elements(endpoint.Shapes)
        from manglings in Gen.NonEmptyListOf(Manglings()).Resize(4)
        select new FuzzedRequest(endpoint, shape, [.. manglings])).ToArbitrary();

    private static Gen<Mangling> Manglings() =>
        from at in Gen.Choose(0, 20)
        from kind in Gen.Elements(Kinds)
        from text in Gen.OneOf(Gen.Elements(Spiteful), ArbMap.Default.GeneratorFor<string>().Where(text => text is not null))
        select new Mangling(at, kind, text);
}
