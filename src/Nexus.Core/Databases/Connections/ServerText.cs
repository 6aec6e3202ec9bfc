namespace Nexus.Core.Databases.Connections;

/// <summary>What a database server says of itself, fit for a message: bounded, on one line, and never with the password.</summary>
internal static class ServerText
{
    private const int Longest = 500;

    public static string Of(string text, string? password = null)
    {
        var cut = text.Length <= Longest ? text : text[..Longest] + "…";
        var clean = string.Concat(cut.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return string.IsNullOrEmpty(password) ? clean : clean.Replace(password, "[redacted]", StringComparison.Ordinal);
    }
}
