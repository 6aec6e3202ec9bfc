namespace Nexus.Testing;

/// <summary>Programs of the machine that the fixtures need.</summary>
public static class Tool
{
    private static readonly string[] SystemFolders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

    /// <summary>The path of a program. The system's own folders go first: what we want is Debian's package, not whatever shadows it.</summary>
    /// <exception cref="InvalidOperationException">The program isn't there; the message says how to get it.</exception>
    public static string Path(string name) =>
        SystemFolders
            .Concat(Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [])
            .Select(folder => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"This test needs `{name}`. Run ./test once as root: it installs what the tests need.");

    /// <summary>A script of ours, beside the test's assembly.</summary>
    public static string Script(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Scripts", name);

    public static bool IsRoot { get; } = Environment.UserName == "root";

    /// <exception cref="InvalidOperationException">The tests don't run as root.</exception>
    public static void NeedsRoot(string why)
    {
        if (!IsRoot)
            throw new InvalidOperationException($"{why} needs root. Run the tests as root, for example in a container or a virtual machine.");
    }
}
