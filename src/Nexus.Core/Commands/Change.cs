namespace Nexus.Core.Commands;

/// <summary>One difference that a command makes; null where there was or will be nothing.</summary>
public sealed record Change(string Field, string? Before = null, string? After = null);
