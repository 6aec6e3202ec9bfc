using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Authorization;

/// <summary>Writes an authorization request as a local URL to come back to.</summary>
internal static class SignInAgain
{
    private static readonly string[] Satisfied = [PromptValues.Login, PromptValues.SelectAccount];

    /// <summary>The same request without what signing in satisfies, so that it isn't asked for in a circle.</summary>
    public static string UrlFor(OpenIddictRequest request)
    {
        var parameters = Flatten(request)
            .Where(parameter => parameter.Key is not Parameters.MaxAge and not Parameters.Prompt)
            .ToList();
        var prompt = string.Join(' ', request.GetPromptValues().Except(Satisfied));
        if (prompt.Length > 0) parameters.Add(new(Parameters.Prompt, prompt));
        return AuthPaths.Authorize + QueryString.Create(parameters);
    }

    /// <summary>The request's own parameters, for a URL or a form; not those of our forms.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Flatten(OpenIddictRequest request) =>
        from parameter in request.GetParameters()
        where !ConsentQuestion.IsOwnField(parameter.Key)
        from value in (ImmutableArray<string?>?)parameter.Value ?? []
        select KeyValuePair.Create(parameter.Key, value);
}
