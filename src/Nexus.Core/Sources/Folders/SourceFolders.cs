namespace Nexus.Core.Sources.Folders;

/// <summary>
/// Hands out folders under the data directory. Each process has a folder of its own with a lock beside it that ends with the
/// process, however it ends: what a dead one left is removed when the next one starts.
/// </summary>
internal sealed class SourceFolders : IDisposable
{
    private const string LockSuffix = ".lock";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _own;
    private readonly FileStream _lock;

    public SourceFolders(string root)
    {
        Directory.CreateDirectory(root);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(root, Private);
        RemoveLeftovers(root);
        _own = Path.Combine(root, Guid.CreateVersion7().ToString("N"));
        _lock = new FileStream(_own + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Directory.CreateDirectory(_own);
    }

    public SourceFolder Create() => new(Path.Combine(_own, Guid.CreateVersion7().ToString("N")));

    public void Dispose()
    {
        Directory.Delete(_own, recursive: true);
        File.Delete(_lock.Name);
        _lock.Dispose();
    }

    private static void RemoveLeftovers(string root)
    {
        foreach (var file in Directory.EnumerateFiles(root, "*" + LockSuffix))
        {
            using var abandoned = TryTake(file);
            if (abandoned is null) continue;
            var folder = file[..^LockSuffix.Length];
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            File.Delete(file);
        }
    }

    /// <summary>Null while its process lives, and when another has just removed it.</summary>
    private static FileStream? TryTake(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
