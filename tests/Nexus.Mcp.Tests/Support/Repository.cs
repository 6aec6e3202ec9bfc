using System.Runtime.CompilerServices;

namespace Nexus.Mcp.Tests.Support;

/// <summary>Files of the repository that tests compare with or rewrite.</summary>
public static class Repository
{
    private static readonly string Root = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(Path(relative));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(System.IO.Path.GetDirectoryName(here)!);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Nexus.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
