using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Http;

/// <summary>The token of an <c>Authorization: Bearer</c> header (RFC 6750 §2.1). Other ways of sending one are not accepted.</summary>
internal static class BearerToken
{
    public static string? Of(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var header) &&
        header is { Parameter: { Length: > 0 } token } &&
        string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) ? token : null;
}
