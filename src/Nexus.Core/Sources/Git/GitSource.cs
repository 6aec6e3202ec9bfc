namespace Nexus.Core.Sources.Git;

/// <summary>What to fetch, as a caller asks for it.</summary>
/// <param name="Url">The repository's address.</param>
/// <param name="Branch">A branch, a tag or a full commit id; null for the default branch.</param>
/// <param name="Secret">The value of the secret that opens the repository: a token, or <c>user:token</c>.</param>
internal sealed record GitSource(string Url, string? Branch = null, string? Secret = null)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{ShownText.Of(Url)} {Branch}";
}

/// <summary>What came: the commit that the files are of, and how much it is.</summary>
internal sealed record FetchedSource(string Commit, int Files, long Bytes);
