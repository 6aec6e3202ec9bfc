namespace Nexus.Core.Sources;

/// <summary>What a caller or a stranger wrote, fit for a message: no control characters, not too long.</summary>
internal static class ShownText
{
    private const int Longest = 120;

    public static string Of(string text)
    {
        var clean = string.Concat(text.Take(Longest).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '�' : letter));
        return text.Length <= Longest ? clean : clean + "…";
    }
}
