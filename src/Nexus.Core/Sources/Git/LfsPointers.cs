namespace Nexus.Core.Sources.Git;

/// <summary>Finds files that only stand for large ones (git-lfs, docs/spec.md).</summary>
internal static class LfsPointers
{
    private const int LargestPointer = 1024;
    private const string Beginning = "version https://git-lfs.github.com/spec/v1";

    public static IEnumerable<string> Notes(string root)
    {
        var attributes = Path.Combine(root, ".gitattributes");
        if (!File.Exists(attributes) || new FileInfo(attributes).LinkTarget is not null) yield break;
        var pointers = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(IsPointer).Take(1000).ToList();
        if (pointers.Count > 0)
            yield return $"{pointers.Count} files are Git LFS pointers, such as {Path.GetRelativePath(root, pointers[0])}: their content is not fetched. Commit what the build needs as plain files.";
    }

    private static bool IsPointer(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null || file.Length > LargestPointer) return false;
        using var reader = file.OpenText();
        return reader.ReadLine() == Beginning;
    }
}
