namespace Nexus.Core.Sources.Git;

/// <summary>How repositories are fetched.</summary>
public sealed record GitOptions
{
    public string Program { get; init; } = "git";

    /// <summary>A PEM file of certificate authorities to trust, instead of the system's; null for those.</summary>
    public string? AuthoritiesFile { get; init; }
}
