namespace Nexus.Core.Sources.Git;

/// <summary>Tells a pointer of Git LFS from a file (git-lfs docs/spec.md: under 1024 bytes, beginning with the version).</summary>
internal static class LfsPointer
{
    private const int MostBytes = 1024;

    private static ReadOnlySpan<byte> Beginning => "version https://git-lfs.github.com/spec/v1\n"u8;

    public static bool Is(ReadOnlySpan<byte> file) => file.Length < MostBytes && file.StartsWith(Beginning);
}
