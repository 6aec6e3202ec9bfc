namespace Nexus.Auth.Pages;

/// <summary>What went wrong, or what was done, at the top of a page.</summary>
internal sealed record NoticesView(string? Problem, string? Done = null);
