namespace Nexus.Testing;

/// <summary>What is slow to make and may be kept between runs, outside the repository: <c>$XDG_CACHE_HOME/nexus-tests</c>.</summary>
public static class CacheFolder
{
    public static string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(Home(), "nexus-tests")).FullName;

    private static string Home() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    /// <summary>Returns the file of that name, making it first where it is missing: once, however many test processes ask.</summary>
    public static async Task<string> GetAsync(string name, Func<string, Task> make, CancellationToken cancellation)
    {
        var file = System.IO.Path.Combine(Path, name);
        if (File.Exists(file))
            return file;
        await using var turn = await WaitForTurnAsync($"{file}.lock", cancellation);
        if (File.Exists(file))
            return file;
        var unfinished = $"{file}.{Environment.ProcessId}";
        await make(unfinished);
        File.Move(unfinished, file);
        return file;
    }

    private static async Task<FileStream> WaitForTurnAsync(string file, CancellationToken cancellation)
    {
        FileStream? turn = null;
        await Poll.UntilAsync(() => (turn = TryOpen(file)) is not null, $"the lock {file}", TimeSpan.FromMinutes(10), cancellation: cancellation);
        return turn!;
    }

    private static FileStream? TryOpen(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
