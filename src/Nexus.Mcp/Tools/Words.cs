namespace Nexus.Mcp.Tools;

/// <summary>Descriptions that several tools share, so that the same argument reads the same everywhere.</summary>
internal static class Words
{
    public const string Cursor = "nextCursor of the page before";
    public const string DeploymentId = "Id or name";
    public const string RequestId = "Idempotency key, kept 24 h";
    public const string DryRun = "Return the plan, change nothing";
    public const string ExpectedRevision = "Refuse if at another";
}
