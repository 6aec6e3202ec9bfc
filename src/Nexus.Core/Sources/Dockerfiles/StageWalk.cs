using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>
/// Goes through the stages as BuildKit does: arguments before the first FROM, stage names that shadow images from there on,
/// variables that a stage inherits from the stage it begins with.
/// </summary>
internal sealed partial class StageWalk(Dockerfile file)
{
    private readonly List<ReadInstruction> _instructions = [];
    private readonly List<ImageUse> _images = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Variables> _stages = [];
    private Variables _global = Variables.Platform;

    public DockerfileReading Walk()
    {
        if (file.Syntax is { } syntax) _images.Add(new(syntax.Value.Split(' ', 2)[0], syntax.Line, IsFrontEnd: true));
        foreach (var instruction in file.Instructions) Take(instruction);
        return new(file, _instructions, _images);
    }

    private Variables Current
    {
        get => _stages.Count == 0 ? _global : _stages[^1];
        set => _ = _stages.Count == 0 ? _global = value : _stages[^1] = value;
    }

    private void Take(Instruction instruction)
    {
        var read = new ReadInstruction(instruction, instruction.Keyword == "FROM" ? _global : Current, file.Escape);
        _instructions.Add(read);
        if (_stages.Count == 0 && instruction.Keyword is not ("ARG" or "FROM"))
            throw new DockerfileException(instruction.Line, "the first instruction must be FROM, or ARG before it");
        if (instruction.Keyword == "FROM") Begin(instruction, read);
        else if (instruction.Keyword is "ARG" or "ENV") Set(instruction, read);
        else TakeImages(read.Effective);
    }

    private void Begin(Instruction from, ReadInstruction read)
    {
        var words = from.Arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (1 or 3) || words.Length == 3 && !words[1].Equals("AS", StringComparison.OrdinalIgnoreCase))
            throw new DockerfileException(from.Line, "FROM needs an image, or an image, AS and a name");
        var image = read.Expand(words[0]);
        if (image.Length == 0) throw new DockerfileException(from.Line, $"FROM {Shown.Of(words[0])} comes to an empty name");
        var isStage = _names.TryGetValue(image, out var parent);
        if (!isStage && image != "scratch") _images.Add(new(image, from.Line));
        _stages.Add(isStage ? _stages[parent] : Variables.None);
        if (words.Length == 3) Name(words[2], from.Line);
    }

    private void Name(string name, int line)
    {
        if (!StageName().IsMatch(name) || name.Equals("scratch", StringComparison.OrdinalIgnoreCase))
            throw new DockerfileException(line, $"{Shown.Of(name)} is no name for a stage");
        if (!_names.TryAdd(name, _stages.Count - 1)) throw new DockerfileException(line, $"there are two stages called {name}");
    }

    private void Set(Instruction instruction, ReadInstruction read)
    {
        foreach (var (name, value) in NameValues.Read(instruction, file.Escape))
        {
            var seen = instruction.Keyword == "ENV" ? read : read with { Variables = Current };
            var text = value is null ? _stages.Count == 0 ? null : _global.Find(name) : seen.Expand(value);
            if (text is not null) Current = Current.With(name, text);
        }
    }

    private void TakeImages(Instruction instruction)
    {
        if (instruction.Keyword == "COPY")
            foreach (var flag in instruction.Flags.Where(flag => flag.Name == "from"))
                TakeSource(flag.Value, instruction.Line);
        if (instruction.Keyword == "RUN")
            foreach (var flag in instruction.Flags.Where(flag => flag.Name == "mount"))
                TakeMount(flag.Value, instruction.Line);
    }

    private void TakeMount(string mount, int line)
    {
        // The builder reads comma-separated values; quotes would let a comma be part of one.
        if (mount.Contains('"', StringComparison.Ordinal)) throw new DockerfileException(line, "a --mount must not hold quotes");
        foreach (var field in mount.Split(','))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && field[..equals].Trim().Equals("from", StringComparison.OrdinalIgnoreCase)) TakeSource(field[(equals + 1)..], line);
        }
    }

    /// <summary>A number or an earlier stage's name is that stage, anything else an image.</summary>
    private void TakeSource(string source, int line)
    {
        if (source.Contains('$', StringComparison.Ordinal))
            throw new DockerfileException(line, "variables are not replaced in from=: give the image a stage of its own");
        var isNumber = int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= _stages.Count) throw new DockerfileException(line, $"there is no stage {number}");
        if (!isNumber && !_names.ContainsKey(source)) _images.Add(new(source, line));
    }

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9_.-]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StageName();
}
