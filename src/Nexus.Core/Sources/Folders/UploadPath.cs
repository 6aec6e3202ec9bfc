namespace Nexus.Core.Sources.Folders;

/// <summary>
/// What is refused in uploads beyond <see cref="SourcePath"/>: names that mean something else on the system that they may have
/// been packed on. A repository may have them; it is made for many systems.
/// </summary>
internal static class UploadPath
{
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })],
        StringComparer.OrdinalIgnoreCase);

    public static string? Problem(string path)
    {
        if (path.Contains('\\')) return "has a backslash in its name: write folders with forward slashes";
        if (path.Contains(':')) return "has a colon in its name, as drive letters have";
        return path.Split('/').Any(IsDevice) ? "has the name of a Windows device" : null;
    }

    private static bool IsDevice(string name) => Devices.Contains(name.Split('.')[0].TrimEnd(' '));
}
