namespace Nexus.Auth.Http;

/// <summary>Cuts what a stranger sent to what an <c>error_description</c> may hold (RFC 6749 §5.2), and to a bearable length.</summary>
internal static class Printable
{
    private const int MostCharacters = 100;

    public static string Shorten(string text)
    {
        var shortened = text.Length <= MostCharacters ? text : text[..MostCharacters] + "...";
        return string.Create(shortened.Length, shortened, static (characters, source) =>
        {
            for (var i = 0; i < characters.Length; i++)
                characters[i] = source[i] is >= ' ' and <= '~' and not '"' and not '\\' ? source[i] : '?';
        });
    }
}
