namespace Nexus.Core.Tests.Sources.Git;

/// <summary>Looks for processes of this machine by what their command line holds.</summary>
internal static class Processes
{
    public static IEnumerable<string> WithArgument(string text) => Directory.EnumerateDirectories("/proc")
        .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
        .Select(folder => TryRead(Path.Combine(folder, "cmdline")))
        .Where(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>A process may end while we look.</summary>
    private static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
