using System.Text;

namespace Nexus.Core.Sources.Dockerfiles.Shell;

/// <summary>The words: quotes, escapes, variables, and the scripts within.</summary>
internal sealed partial class ShellReader
{
    private const int LongestWord = 65_536;

    private ShellWord Word()
    {
        var text = new StringBuilder();
        var inner = new List<ShellScript>();
        while (_position < _text.Length && !(IsEnd(_text[_position]) && !IsProcess()))
        {
            Part(text, inner, inQuotes: false);
            if (text.Length > LongestWord) throw new DockerfileException(_line, "a word of the shell command is too long");
        }

        return new(text.ToString(), inner);
    }

    private static bool IsEnd(char letter) => letter is ' ' or '\t' or '\r' or '\n' or ';' or '|' or '&' or '(' or ')';

    /// <summary><c>&lt;(…)</c> and <c>&gt;(…)</c>: the parenthesis belongs to the word.</summary>
    private bool IsProcess() => _text[_position] == '(' && _position > 0 && _text[_position - 1] is '<' or '>' or '=' && _text[_position] == '(';

    private void Part(StringBuilder text, List<ShellScript> inner, bool inQuotes)
    {
        var letter = _text[_position];
        if (letter == '\\' && _position + 1 < _text.Length) Escaped(text);
        else if (letter == '\'' && !inQuotes) Single(text);
        else if (letter == '"' && !inQuotes) Double(text, inner);
        else if (letter == '`') inner.Add(Backticks());
        else if (letter == '(' && !inQuotes) inner.Add(Parenthesis());
        else if (letter == '$') Dollar(text, inner, inQuotes);
        else
        {
            text.Append(letter);
            _position++;
        }
    }

    private void Escaped(StringBuilder text)
    {
        if (_text[_position + 1] != '\n') text.Append(_text[_position + 1]);
        _position += 2;
    }

    private void Single(StringBuilder text)
    {
        var end = _text.IndexOf('\'', _position + 1);
        if (end < 0) end = _text.Length;
        text.Append(_text, _position + 1, end - _position - 1);
        _position = Math.Min(end + 1, _text.Length);
    }

    private void Double(StringBuilder text, List<ShellScript> inner)
    {
        _position++;
        while (_position < _text.Length && _text[_position] != '"') Part(text, inner, inQuotes: true);
        if (_position < _text.Length) _position++;
    }

    private ShellScript Backticks()
    {
        var script = new StringBuilder();
        for (_position++; _position < _text.Length && _text[_position] != '`'; _position++)
        {
            if (_text[_position] == '\\' && _position + 1 < _text.Length) _position++;
            script.Append(_text[_position]);
        }

        _position = Math.Min(_position + 1, _text.Length);
        if (_depth >= Deepest) throw new DockerfileException(_line, "the shell command is nested too deeply");
        return Read(script.ToString(), _variables, _line, _depth);
    }

    private ShellScript Parenthesis()
    {
        _position++;
        var script = Script(')');
        if (_position < _text.Length) _position++;
        return script;
    }

    private void Dollar(StringBuilder text, List<ShellScript> inner, bool inQuotes)
    {
        _position++;
        if (_position == _text.Length)
        {
            text.Append('$');
            return;
        }

        if (_text[_position] == '(') inner.Add(Parenthesis());
        else if (_text[_position] == '{') Braces(text, inner);
        else if (_text[_position] is '\'' or '"' && !inQuotes) return;
        else Take(text, Name());
    }

    /// <summary><c>${NAME…}</c>: the value if it is known, and what else could come of it.</summary>
    private void Braces(StringBuilder text, List<ShellScript> inner)
    {
        if (++_depth > Deepest) throw new DockerfileException(_line, "the shell command is nested too deeply");
        _position++;
        var name = Name();
        var rest = new StringBuilder();
        while (_position < _text.Length && _text[_position] != '}') Part(rest, inner, inQuotes: false);
        if (_position < _text.Length) _position++;
        _depth--;
        if (_variables.TryGetValue(name, out var value)) text.Append(value);
        else text.Append(rest.ToString().TrimStart(':', '-', '='));
    }

    private void Take(StringBuilder text, string name)
    {
        if (name.Length == 0) text.Append('$');
        else if (_variables.TryGetValue(name, out var value)) text.Append(value);
        else text.Append('$').Append(name);
    }

    private string Name()
    {
        var start = _position;
        while (_position < _text.Length && ShellWords.NameLetters.Contains(_text[_position])) _position++;
        return _text[start.._position];
    }
}
