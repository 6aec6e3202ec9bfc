namespace Nexus.Testing;

/// <summary>The working copy that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Release or Debug: the configuration that the running tests were built in.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string At(params string[] names) => Path.Combine([Root, .. names]);

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Nexus.sln"))
            ? folder
            : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside a working copy: no Nexus.sln above them."));
}
