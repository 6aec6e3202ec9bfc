namespace Nexus.Core.Sources.Folders;

/// <summary>The names that a source takes, each once: as a file or as a folder. Uploads may not differ by case alone either.</summary>
internal sealed class SourceEntries(SourceKind kind, SourceLimits limits)
{
    private readonly Dictionary<string, Entry> _entries =
        new(kind.IsUpload ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <exception cref="NexusException">The path breaks a rule, is there already, or is one too many.</exception>
    public void AddFile(string path)
    {
        Check(path);
        AddFolders(path);
        if (_entries.ContainsKey(path)) throw kind.BadPath(path, "is there twice, or differs from another only by case");
        Add(path, isFolder: false);
    }

    /// <inheritdoc cref="AddFile"/>
    public void AddFolder(string path)
    {
        Check(path);
        AddFolders(path + "/");
    }

    private void Check(string path)
    {
        var problem = SourcePath.Problem(path) ?? (kind.IsUpload ? UploadPath.Problem(path) : null);
        if (problem is not null) throw kind.BadPath(path, problem);
    }

    private void AddFolders(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var folder = path[..slash];
            if (!_entries.TryGetValue(folder, out var there)) Add(folder, isFolder: true);
            else if (!there.IsFolder) throw kind.BadPath(folder, "is a file and a folder at once");
            else if (there.Path != folder) throw kind.BadPath(folder, "differs from another only by case");
        }
    }

    private void Add(string path, bool isFolder)
    {
        if (_entries.Count >= limits.MostFiles) throw kind.TooManyFiles(limits.MostFiles);
        _entries.Add(path, new(path, isFolder));
    }

    private sealed record Entry(string Path, bool IsFolder);
}
