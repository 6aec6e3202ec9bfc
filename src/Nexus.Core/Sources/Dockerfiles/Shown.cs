namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>What a caller wrote, fit for a message: no control characters, not too long.</summary>
internal static class Shown
{
    private const int Longest = 120;

    public static string Of(string text)
    {
        var start = text.Length <= Longest ? text : text[..Longest] + "…";
        return string.Concat(start.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '\uFFFD' : letter));
    }
}
