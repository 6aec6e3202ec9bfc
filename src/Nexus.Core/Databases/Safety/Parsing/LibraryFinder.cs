using System.Runtime.InteropServices;

namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>Finds libpg_query where Debian and Ubuntu put it, whichever version they have, and where <c>make install</c> does.</summary>
internal static class LibraryFinder
{
    private static readonly string[] Folders = ["/usr/local/lib", "/usr/lib", "/usr/lib64"];

    public static PgQueryLibrary? Find() => Candidates().Select(Load).FirstOrDefault(library => library is not null);

    private static IEnumerable<string> Candidates() => ["libpg_query.so", "libpg_query.dylib", .. Folders.SelectMany(Versions)];

    /// <summary>Only the development package has a name without a version; the newest goes first.</summary>
    private static IEnumerable<string> Versions(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder, "*-linux-*").Append(folder)
            .SelectMany(one => Directory.EnumerateFiles(one, "libpg_query.so.*")).OrderDescending(StringComparer.Ordinal)
        : [];

    private static PgQueryLibrary? Load(string path)
    {
        if (!NativeLibrary.TryLoad(path, out var library)) return null;
        try
        {
            return new(library);
        }
        catch (EntryPointNotFoundException)
        {
            NativeLibrary.Free(library);
            return null;
        }
    }
}
