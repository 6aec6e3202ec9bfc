namespace Nexus.Auth.Pages;

/// <summary>An authorization request that can't be answered to its client, because client or redirect URI are in doubt.</summary>
internal sealed record ProblemView(string Error, string Description);
