using System.Text;

namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>Judged before anything is parsed.</summary>
internal static class FileSize
{
    public const int LargestBytes = 256 * 1024;

    public static Violation? Check(string dockerfile) =>
        dockerfile.Length > LargestBytes || Encoding.UTF8.GetByteCount(dockerfile) > LargestBytes
            ? new(1, "size", "Dockerfile is too large", "Keep it under 256 KiB: move long scripts and data into files of the repository.")
            : null;
}
