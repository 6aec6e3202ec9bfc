using System.Globalization;
using System.Text;

namespace Nexus.Core.Sources.Folders;

/// <summary>
/// The rules for paths inside a source: relative, below its top, with names that any Linux file system holds and that no tool
/// takes for something else.
/// </summary>
internal static class SourcePath
{
    public const int LongestPath = 1024;
    public const int LongestName = 255;
    public const int MostLevels = 64;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null for a good path; otherwise what is wrong, to follow the path in a sentence.</summary>
    public static string? Problem(string path)
    {
        if (path.Any(char.IsControl)) return "has a control character or line break in its name";
        if (ByteCount(path) is not { } bytes) return "has a name that is no Unicode text";
        if (bytes > LongestPath) return $"has a path of more than {LongestPath} bytes";

        var names = path.Split('/');
        return names.Length > MostLevels
            ? $"is more than {MostLevels} folders deep"
            : names.Select(NameProblem).FirstOrDefault(problem => problem is not null);
    }

    private static string? NameProblem(string name) => name switch
    {
        "" or "." or ".." => "is not a path inside of it",
        _ when ByteCount(name) > LongestName => $"has a name of more than {LongestName} bytes",
        _ when IsGitFolder(name) => "has the name of git's own folder",
        _ => null,
    };

    /// <summary>As git itself compares (CVE-2014-9390): also where a file system folds case, dots, spaces or invisible characters.</summary>
    private static bool IsGitFolder(string name)
    {
        var visible = string.Concat(name.Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.Format));
        var folded = visible.Split(':')[0].TrimEnd('.', ' ');
        return folded.Equals(".git", StringComparison.OrdinalIgnoreCase) || folded.Equals("git~1", StringComparison.OrdinalIgnoreCase);
    }

    private static int? ByteCount(string text)
    {
        try
        {
            return Utf8.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
