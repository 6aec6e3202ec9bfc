namespace Nexus.Core.Sources.Folders;

/// <summary>
/// Writes a source into an empty folder, within the rules and limits as they are really met. Links come last, when nothing is
/// written any more that could go through one.
/// </summary>
internal sealed class SourceWriter(string folder, SourceKind kind, SourceLimits limits)
{
    private const UnixFileMode Plain =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly SourceEntries _entries = new(kind, limits);
    private readonly SourceLinks _links = new();

    public int Files { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Begins a file. What is written to it counts.</summary>
    /// <exception cref="NexusException">The path isn't allowed, or there are too many.</exception>
    public SourceFile CreateFile(string path, bool isExecutable)
    {
        _entries.AddFile(path);
        Files++;
        var place = At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = isExecutable ? Executable : Plain;
        return new(new FileStream(place, options), this);
    }

    /// <inheritdoc cref="CreateFile"/>
    public void CreateFolder(string path)
    {
        _entries.AddFolder(path);
        Directory.CreateDirectory(At(path));
    }

    /// <inheritdoc cref="CreateFile"/>
    public void AddLink(string path, string target)
    {
        _entries.AddFile(path);
        Files++;
        _links.Add(path, target);
    }

    /// <summary>Makes the links and looks at the whole.</summary>
    /// <exception cref="NexusException">A link leads out, or there is nothing.</exception>
    public void Finish()
    {
        foreach (var path in _links.Targets.Keys.Where(path => !_links.StaysInside(path))) throw kind.BadLink(path);
        foreach (var (path, target) in _links.Targets)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
            File.CreateSymbolicLink(At(path), target);
        }

        if (Files == 0) throw kind.Empty();
    }

    internal void Count(int bytes)
    {
        Bytes += bytes;
        if (Bytes > limits.LargestBytes) throw kind.TooLarge(limits.LargestBytes);
    }

    private string At(string path) => Path.Combine(folder, path);
}
