namespace Nexus.Core.Sources.Frameworks;

/// <summary>The Dockerfile that a source is built with, where it comes from and why, in words for the build log.</summary>
/// <param name="Dockerfile">Judged by the policy.</param>
/// <param name="Framework">The framework that it was made for; null for a Dockerfile that was given or found.</param>
/// <param name="Port">Where the application listens, as far as we decided that.</param>
/// <param name="Notes">What was found and decided.</param>
public sealed record BuildRecipe(string Dockerfile, string? Framework, int? Port, IReadOnlyList<string> Notes);
