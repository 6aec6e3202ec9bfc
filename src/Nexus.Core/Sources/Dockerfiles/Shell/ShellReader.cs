namespace Nexus.Core.Sources.Dockerfiles.Shell;

/// <summary>
/// Reads shell text in one pass. It is not a shell: it takes the loosest view of what could be run, and never fails on text that a
/// shell would refuse. Only nesting without end is an error.
/// </summary>
internal sealed partial class ShellReader
{
    private const int Deepest = 24;

    private static readonly HashSet<string> Openers = ["{", "if", "while", "until", "for", "case", "select"];
    private static readonly HashSet<string> Closers = ["}", "fi", "done", "esac"];
    private static readonly HashSet<string> Between = ["then", "else", "elif", "do", "!", "time"];

    private readonly string _text;
    private readonly Dictionary<string, string> _variables;
    private readonly int _line;
    private int _depth;
    private int _position;

    private ShellReader(string text, Dictionary<string, string> variables, int line, int depth) =>
        (_text, _variables, _line, _depth) = (text, variables, line, depth);

    public static ShellScript Read(string text, Variables variables, int line) => Read(text, new(variables.Values), line, 0);

    public static ShellScript Read(string text, Dictionary<string, string> variables, int line, int depth) =>
        new ShellReader(text, variables, line, depth).Script(closing: '\0');

    private ShellScript Script(char closing)
    {
        if (++_depth > Deepest) throw new DockerfileException(_line, "the shell command is nested too deeply");
        var pipelines = new List<ShellPipeline>();
        var commands = new List<ShellCommand>();
        while (true)
        {
            var command = Command(closing, out var isEnd);
            if (command is not null) commands.Add(command);
            var continues = !isEnd && TakePipe(closing);
            if (!continues && commands.Count > 0)
            {
                pipelines.Add(new(commands));
                commands = [];
            }

            if (isEnd || _position >= _text.Length || closing == ')' && _text[_position] == ')') break;
        }

        _depth--;
        return new(pipelines);
    }

    /// <summary>Past what ends a command; true where it is a pipe.</summary>
    private bool TakePipe(char closing)
    {
        if (_position >= _text.Length || closing == ')' && _text[_position] == ')') return false;
        var letter = _text[_position++];
        var next = _position < _text.Length ? _text[_position] : '\0';
        if (letter is '|' or '&' && next == letter)
        {
            _position++;
            return false;
        }

        if (letter != '|') return false;
        if (next == '&') _position++;
        return true;
    }

    private ShellCommand? Command(char closing, out bool isEnd)
    {
        var words = new List<ShellWord>();
        isEnd = false;
        while (SkipBlanks())
        {
            var letter = _text[_position];
            if (letter is '\n' or ';' or '|' or '&' or ')') break;
            if (letter == '(' && words.Count == 0) return Group(')', words);
            if (letter == '(')
            {
                _position++;
                continue;
            }

            var word = Word();
            if (words.Count == 0 && closing == 'k' && Closers.Contains(word.Text))
            {
                isEnd = true;
                return null;
            }

            if (words.Count == 0 && Between.Contains(word.Text)) continue;
            if (words.Count == 0 && Openers.Contains(word.Text)) return Group('k', words);
            words.Add(word);
            Remember(words, word);
        }

        return words.Count == 0 ? null : new(words, null);
    }

    private ShellCommand Group(char closing, List<ShellWord> words)
    {
        if (closing == ')') _position++;
        var group = Script(closing);
        if (closing == ')' && _position < _text.Length) _position++;
        // What follows the group up to its end are redirections.
        while (SkipBlanks() && _text[_position] is not ('\n' or ';' or '|' or '&' or ')' or '(')) words.Add(Word());
        return new(words, group);
    }

    private void Remember(List<ShellWord> words, ShellWord word)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || word.Text.Length > 1024) return;
        var isAssignment = words.Count == 1 || words[0].Text is "export" or "local" or "readonly" or "declare";
        if (isAssignment && word.Text.AsSpan(0, equals).IndexOfAnyExcept(ShellWords.NameLetters) < 0) _variables[word.Text[..equals]] = word.Text[(equals + 1)..];
    }

    private bool SkipBlanks()
    {
        while (_position < _text.Length)
        {
            var letter = _text[_position];
            var isBlank = letter is ' ' or '\t' or '\r';
            if (!isBlank && letter == '\\' && _position + 1 < _text.Length && _text[_position + 1] == '\n') _position += 2;
            else if (letter == '#') SkipComment();
            else if (isBlank) _position++;
            else return true;
        }

        return false;
    }

    private void SkipComment()
    {
        while (_position < _text.Length && _text[_position] != '\n') _position++;
    }
}
