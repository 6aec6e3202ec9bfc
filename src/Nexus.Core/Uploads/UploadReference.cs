namespace Nexus.Core.Uploads;

/// <summary>How a source names an upload where it could name a repository: <c>upload:ID</c>.</summary>
internal static class UploadReference
{
    private const string Scheme = "upload:";

    public static string To(Guid id) => $"{Scheme}{id}";

    public static bool Is(string? repoUrl) => repoUrl?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Null for what names no upload, or by no id.</summary>
    public static Guid? IdOf(string? repoUrl) =>
        Is(repoUrl) && Guid.TryParseExact(repoUrl.AsSpan(Scheme.Length), "D", out var id) ? id : null;
}
