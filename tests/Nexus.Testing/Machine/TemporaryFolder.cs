namespace Nexus.Testing;

/// <summary>A folder that goes away with the test, or, when the test process was killed, with the next one.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "nexus-test-";

    static TemporaryFolder()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*"))
            if (!OwnerLives(System.IO.Path.GetFileName(folder)))
                Delete(folder);
    }

    public TemporaryFolder()
    {
        var name = $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
        Path = Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), name)).FullName;
    }

    public string Path { get; }

    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => Delete(Path);

    private static bool OwnerLives(string name) => Directory.Exists($"/proc/{name[Prefix.Length..].Split('-')[0]}");

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Somebody still writes there or was quicker: the next run's sweep gets it.
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's.
        }
    }
}
