using System.Text;
using Nexus.Core;
using Nexus.Core.Access;

namespace Nexus.Mcp.Transport;

/// <summary>The values of <c>WWW-Authenticate</c>: RFC 6750 §3, RFC 9728 §5.1 and the scope guidance of MCP's authorization page.</summary>
internal sealed class Challenges(ServerAddresses addresses)
{
    // What a client asks for when it starts. Databases are left to a later step up: reading deployments opens nobody's database.
    private static readonly string StartingScopes =
        string.Join(' ', Scopes.All.Where(scope => scope.StartsWith("deployments:", StringComparison.Ordinal)));

    private readonly string _metadata = addresses.McpOrigin + "/.well-known/oauth-protected-resource/mcp";

    /// <summary>For a request without a valid token. The contract wants <c>error</c> on all of them, the ones without a token too.</summary>
    public string InvalidToken(string problem) => Compose("invalid_token", problem, StartingScopes);

    /// <summary>For a call that needs more than the token carries; the client adds what it has already.</summary>
    public string InsufficientScope(string scope) =>
        Compose("insufficient_scope", $"This call needs the scope {scope}", scope);

    private string Compose(string error, string description, string scope) =>
        $"Bearer error=\"{error}\", error_description=\"{Printable(description)}\", "
        + $"resource_metadata=\"{_metadata}\", scope=\"{scope}\"";

    // RFC 6750 §3: error_description is %x20-21 / %x23-5B / %x5D-7E.
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var character in text)
            printable.Append(character is >= ' ' and <= '~' and not '"' and not '\\' ? character : '\'');
        return printable.ToString();
    }
}
