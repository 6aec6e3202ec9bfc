using System.Text;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>Splits a line into words as the Dockerfile's own lexer does: at spaces outside of quotes; quotes stay.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Split(string text, char escape = '\\')
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                Take(word, words);
                continue;
            }

            word.Append(letter);
            if (letter == escape && quote != '\'' && index + 1 < text.Length) word.Append(text[++index]);
            else if (letter == quote) quote = '\0';
            else if (quote == '\0' && letter is '"' or '\'') quote = letter;
        }

        Take(word, words);
        return words;
    }

    /// <summary>The word without its quotes and escapes; nothing is replaced.</summary>
    public static string Unquote(string word, char escape = '\\')
    {
        var text = new StringBuilder();
        var quote = '\0';
        for (var index = 0; index < word.Length; index++)
        {
            var letter = word[index];
            if (letter == escape && quote != '\'' && index + 1 < word.Length) text.Append(word[++index]);
            else if (letter == quote) quote = '\0';
            else if (quote == '\0' && letter is '"' or '\'') quote = letter;
            else text.Append(letter);
        }

        return text.ToString();
    }

    private static void Take(StringBuilder word, List<string> words)
    {
        if (word.Length > 0) words.Add(word.ToString());
        word.Clear();
    }
}
