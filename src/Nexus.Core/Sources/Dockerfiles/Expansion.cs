using System.Text;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>Takes quotes and escapes from a word and replaces its variables, as BuildKit's shlex does.</summary>
internal sealed class Expansion
{
    /// <summary>Values that double at each line would else outgrow every memory.</summary>
    private const int Longest = 32_768;

    private const int Deepest = 16;

    private readonly string _text;
    private readonly Variables _variables;
    private readonly char _escape;
    private readonly int _line;
    private readonly int _depth;
    private int _position;

    private Expansion(string text, Variables variables, char escape, int line, int depth)
    {
        (_text, _variables, _escape, _line, _depth) = (text, variables, escape, line, depth);
        if (depth > Deepest) throw new DockerfileException(line, "variables are nested too deeply");
    }

    /// <exception cref="DockerfileException">A substitution that BuildKit doesn't know, or that demands what isn't set.</exception>
    public static string Of(string word, Variables variables, char escape, int line) =>
        Of(word, variables, escape, line, depth: 0);

    private static string Of(string word, Variables variables, char escape, int line, int depth) =>
        new Expansion(word, variables, escape, line, depth).Read();

    private string Read()
    {
        var result = new StringBuilder();
        while (_position < _text.Length)
        {
            ReadPart(result);
            if (result.Length > Longest) throw Wrong("a variable's value is too long");
        }

        return result.ToString();
    }

    private void ReadPart(StringBuilder result)
    {
        var letter = _text[_position];
        if (letter == '\'') SingleQuoted(result);
        else if (letter == '"') DoubleQuoted(result);
        else if (letter == '$') result.Append(Dollar());
        else Plain(result, letter);
    }

    private void Plain(StringBuilder result, char letter)
    {
        var isEscape = letter == _escape && _position + 1 < _text.Length;
        result.Append(isEscape ? _text[_position + 1] : letter);
        _position += isEscape ? 2 : 1;
    }

    private void SingleQuoted(StringBuilder result)
    {
        var length = _text.AsSpan(_position + 1).IndexOf('\'');
        if (length < 0) throw Wrong("a quote is not closed");
        result.Append(_text, _position + 1, length);
        _position += length + 2;
    }

    private void DoubleQuoted(StringBuilder result)
    {
        _position++;
        while (_position < _text.Length && _text[_position] != '"')
        {
            var letter = _text[_position];
            if (letter == '$')
            {
                result.Append(Dollar());
                continue;
            }

            var isEscape = letter == _escape && _position + 1 < _text.Length && (_text[_position + 1] is '"' or '$' || _text[_position + 1] == _escape);
            if (isEscape) letter = _text[++_position];
            result.Append(letter);
            _position++;
        }

        if (_position == _text.Length) throw Wrong("a quote is not closed");
        _position++;
    }

    private string Dollar()
    {
        _position++;
        if (_position < _text.Length && _text[_position] == '{') return Braced();
        var name = Name();
        return name.Length == 0 ? "$" : _variables.Find(name) ?? "";
    }

    private string Braced()
    {
        _position++;
        var name = Name();
        if (name.Length == 0 || _position == _text.Length) throw Wrong("a ${…} can't be read");
        if (_text[_position] == '}')
        {
            _position++;
            return _variables.Find(name) ?? "";
        }

        var start = _position;
        var end = Closing();
        _position = end + 1;
        return Modifier.Apply(_variables.Find(name), _text[start..end], Inner, _line);
    }

    private string Inner(string word) => Of(word, _variables, _escape, _line, _depth + 1);

    /// <summary>Where the brace that was opened last closes, past quotes and inner braces.</summary>
    private int Closing()
    {
        var depth = 1;
        for (var index = _position; index < _text.Length; index++)
        {
            if (_text[index] == _escape) index++;
            else if (_text[index] == '{' && _text[index - 1] == '$') depth++;
            else if (_text[index] == '}' && --depth == 0) return index;
        }

        throw Wrong("a ${…} is not closed");
    }

    private string Name()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] == '_')) _position++;
        return _text[start.._position];
    }

    private DockerfileException Wrong(string message) => new(_line, message);
}
