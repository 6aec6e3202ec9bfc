using System.Text.RegularExpressions;

namespace Nexus.Auth.Clients;

/// <summary>
/// Whether a redirect URI is the registered one: character by character, but for the port of a loopback address,
/// which a native app gets anew each time (RFC 8252 §7.3). <c>localhost</c> is treated as the addresses are.
/// </summary>
internal static partial class RedirectUriMatching
{
    public static bool Matches(string registered, string asked) =>
        string.Equals(registered, asked, StringComparison.Ordinal) ||
        Loopback().Match(registered) is { Success: true } one && Loopback().Match(asked) is { Success: true } other &&
        one.Groups["host"].Value == other.Groups["host"].Value && one.Groups["rest"].Value == other.Groups["rest"].Value;

    [GeneratedRegex(@"\Ahttp://(?<host>localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?(?<rest>(?:[/?].*)?)\z", RegexOptions.Singleline)]
    private static partial Regex Loopback();
}
