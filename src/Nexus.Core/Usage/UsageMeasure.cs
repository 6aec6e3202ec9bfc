namespace Nexus.Core.Usage;

/// <summary>What is counted. Stored by name.</summary>
public enum UsageMeasure
{
    /// <summary>Calls of tools, by tool, failed ones among them.</summary>
    ToolCalls,

    /// <summary>Those that ended in an error, by tool.</summary>
    FailedToolCalls,

    /// <summary>Calls of tools by the client that made them.</summary>
    ClientCalls,

    /// <summary>Calls that count against the plan's calls a day.</summary>
    PlanCalls,

    /// <summary>The time that replicas ran, in milliseconds.</summary>
    ReplicaTime,

    /// <summary>Runs of the builder.</summary>
    Builds,

    /// <summary>Those that came to nothing.</summary>
    FailedBuilds,

    /// <summary>The time that builds took, in milliseconds.</summary>
    BuildTime,
}
