namespace Nexus.Core.Databases.Connections;

/// <summary>What a database server says of itself, fit for a message: bounded, on one line, and never with the password.</summary>
internal static class ServerText
{
    private const int Longest = 500;

    public static string Of(string text, string? password = null)
    {
        // Before it is cut, or the cut would leave the beginning of a password.
        var safe = string.IsNullOrEmpty(password) ? text : text.Replace(password, "[redacted]", StringComparison.Ordinal);
        var cut = safe.Length <= Longest ? safe : safe[..Longest] + "…";
        return string.Concat(cut.Select(letter => char.IsControl(letter) ? ' ' : letter));
    }
}
