namespace Nexus.Core.Rollouts;

/// <summary>A newer command has come: the pass ends and the next one follows the new wish.</summary>
internal sealed class OvertakenException() : Exception("A newer command has overtaken this pass.");
