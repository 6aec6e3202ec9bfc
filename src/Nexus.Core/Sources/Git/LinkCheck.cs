namespace Nexus.Core.Sources.Git;

/// <summary>Links may point to files of the source and to nothing else.</summary>
internal static class LinkCheck
{
    /// <exception cref="NexusException"><c>SOURCE_LINK_ESCAPES</c>.</exception>
    public static void Check(string root)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false };
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", options))
            if (entry.LinkTarget is { } target && Escapes(Path.GetRelativePath(root, entry.FullName), target))
                throw new NexusException(
                    "SOURCE_LINK_ESCAPES", $"The link '{Path.GetRelativePath(root, entry.FullName)}' points out of the source.",
                    "Replace it with the file that it stands for.", "repoUrl");
    }

    /// <summary>Upwards only at the start: behind another link, ".." would lead somewhere else than it reads.</summary>
    private static bool Escapes(string link, string target)
    {
        var parts = target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        var up = parts.TakeWhile(part => part == "..").Count();
        return target.StartsWith('/') || parts.Skip(up).Contains("..") || up > link.Count(letter => letter == '/');
    }
}
