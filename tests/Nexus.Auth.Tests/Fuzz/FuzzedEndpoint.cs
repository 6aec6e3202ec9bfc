using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Nexus.Auth.Tests.Hosting;

namespace Nexus.Auth.Tests.Fuzz;

/// <summary>How parameters travel.</summary>
public enum Shape
{
    Query,
    Form,
    Json,
}

/// <summary>An endpoint and a request that it would take; a new endpoint is one line.</summary>
public sealed record FuzzedEndpoint(string Path, Shape[] Shapes, Func<Agent, (string Name, string Value)[]> Good)
{
    public static IReadOnlyList<FuzzedEndpoint> All { get; } =
    [
        new("/oauth/authorize", [Shape.Query, Shape.Form], Authorization),
        new("/consent", [Shape.Query, Shape.Form], Authorization),
        new("/oauth/authorize/code", [Shape.Form, Shape.Json], Authorization),
        new("/oauth/token", [Shape.Form, Shape.Json, Shape.Query], agent => [("grant_type", "authorization_code"), ("client_id", agent.ClientId), ("code", "a-code"), ("redirect_uri", Agent.RedirectUri), ("code_verifier", agent.Verifier)]),
        new("/api/oauth/token", [Shape.Form, Shape.Json], agent => [("grant_type", "refresh_token"), ("client_id", agent.ClientId), ("refresh_token", "a-token"), ("scope", "deployments:read")]),
        new("/oauth/token", [Shape.Form, Shape.Json], agent => [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", agent.ClientId), ("device_code", "a-code")]),
        new("/oauth/token", [Shape.Form, Shape.Json], agent => [("grant_type", "client_credentials"), ("client_id", agent.ClientId), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA")]),
        new("/oauth/revoke", [Shape.Form, Shape.Json], agent => [("client_id", agent.ClientId), ("token", "a-token"), ("token_type_hint", "refresh_token")]),
        new("/oauth/introspect", [Shape.Form, Shape.Json], agent => [("client_id", agent.ClientId), ("client_secret", "a-secret"), ("token", "a-token")]),
        new("/oauth/device", [Shape.Form, Shape.Json], agent => [("client_id", agent.ClientId), ("scope", "deployments:read"), ("resource", AuthServer.Resource)]),
        new("/device", [Shape.Query, Shape.Form], _ => [("user_code", "BCDF-GHJK"), ("decision", "allow"), ("granted", "deployments:read")]),
        new("/register", [Shape.Json, Shape.Form], _ => [("redirect_uris", Agent.RedirectUri), ("client_name", "fuzz"), ("token_endpoint_auth_method", "none"), ("grant_types", "authorization_code"), ("scope", "deployments:read"), ("logo_uri", "https://client.example/logo.png"), ("contacts", "a@client.example")]),
        new("/api/auth/login", [Shape.Json], _ => [("email", "a@example.com"), ("password", "a long password")]),
    ];

    public override string ToString() => Path;

    public HttpRequestMessage Request(Shape shape, IReadOnlyList<(string Name, string Value)> parameters) => shape switch
    {
        Shape.Query => new(HttpMethod.Get, $"{Path}?{Encode(parameters)}"),
        Shape.Form => new(HttpMethod.Post, Path) { Content = new StringContent(Encode(parameters), null, "application/x-www-form-urlencoded") },
        _ => new(HttpMethod.Post, Path) { Content = JsonContent.Create(ToJson(parameters)) },
    };

    private static (string Name, string Value)[] Authorization(Agent agent) =>
    [
        ("response_type", "code"), ("client_id", agent.ClientId), ("redirect_uri", Agent.RedirectUri), ("scope", "deployments:read"),
        ("state", "state"), ("code_challenge", agent.Challenge), ("code_challenge_method", "S256"), ("resource", AuthServer.Resource),
        ("prompt", "consent"), ("max_age", "100"),
    ];

    private static string Encode(IReadOnlyList<(string Name, string Value)> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{Escape(parameter.Name)}={Escape(parameter.Value)}"));

    // What starts with % is sent as it is: broken escapes are part of the fuzz.
    private static string Escape(string text) => text.StartsWith('%') ? text : Uri.EscapeDataString(text);

    private static JsonObject ToJson(IReadOnlyList<(string Name, string Value)> parameters)
    {
        var body = new JsonObject();
        foreach (var (name, value) in parameters) body[name] = ToNode(name, value);
        return body;
    }

    private static JsonNode? ToNode(string name, string value) => value switch
    {
        "null" => null,
        "{}" => new JsonObject(),
        "[]" => new JsonArray(),
        "0" => JsonValue.Create(0),
        _ when name is "redirect_uris" or "grant_types" or "contacts" => new JsonArray(value),
        _ => JsonValue.Create(value),
    };
}
