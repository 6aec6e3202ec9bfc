namespace Nexus.Core.Sources.Folders;

/// <summary>Where one source is put together: its files, and scratch space beside them. Both go away with it.</summary>
internal sealed class SourceFolder : IDisposable
{
    private readonly string _path;

    public SourceFolder(string path)
    {
        _path = path;
        Files = Directory.CreateDirectory(Path.Combine(path, "files")).FullName;
        Scratch = Directory.CreateDirectory(Path.Combine(path, "scratch")).FullName;
    }

    /// <summary>The source itself, and nothing else.</summary>
    public string Files { get; }

    /// <summary>What fetching needs on the way.</summary>
    public string Scratch { get; }

    /// <summary>Empties the scratch space, which may be as large as the source.</summary>
    public void ClearScratch()
    {
        Directory.Delete(Scratch, recursive: true);
        Directory.CreateDirectory(Scratch);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
