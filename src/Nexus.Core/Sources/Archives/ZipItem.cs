using System.IO.Compression;

namespace Nexus.Core.Sources.Archives;

/// <summary>An entry of a zip that was judged, and where it goes.</summary>
internal sealed record ZipItem(ZipArchiveEntry Entry, string Path, bool IsFolder)
{
    private const int ExecutableBits = 0x49; // --x--x--x

    public bool IsExecutable => ((Entry.ExternalAttributes >> 16) & ExecutableBits) != 0;
}
