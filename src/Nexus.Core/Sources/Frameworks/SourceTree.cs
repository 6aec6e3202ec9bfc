using System.Text.Json;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>The files of a source, read without ever leaving its folder and without reading more than a description needs.</summary>
public sealed class SourceTree(string root)
{
    private const int LargestFile = 1024 * 1024;

    public string Root { get; } = Path.GetFullPath(root);

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The file's text, at most its first MiB; empty where it is missing or no plain file.</summary>
    public string Read(string name)
    {
        if (Find(name) is not { } file) return "";
        using var reader = file.OpenText();
        var text = new char[LargestFile];
        return new(text, 0, reader.ReadBlock(text));
    }

    /// <summary>The file's JSON object; null where it is none.</summary>
    public JsonElement? ReadJson(string name)
    {
        try
        {
            using var document = JsonDocument.Parse(Read(name));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Names in the top folder that fit, sorted.</summary>
    public IReadOnlyList<string> Matching(string pattern) =>
        [.. new DirectoryInfo(Root).EnumerateFiles(pattern).Where(file => file.LinkTarget is null).Select(file => file.Name).Order(StringComparer.Ordinal)];

    /// <summary>Names of the folders in a folder, sorted.</summary>
    public IReadOnlyList<string> Folders(string name)
    {
        var folder = new DirectoryInfo(Path.Combine(Root, name));
        return folder.Exists && folder.LinkTarget is null ? [.. folder.EnumerateDirectories().Select(one => one.Name).Order(StringComparer.Ordinal)] : [];
    }

    private FileInfo? Find(string name)
    {
        var file = new FileInfo(Path.GetFullPath(Path.Combine(Root, name)));
        var isInside = file.FullName.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isInside && file.Exists && file.LinkTarget is null ? file : null;
    }
}
