namespace Nexus.Server.Configuration;

/// <summary>The parts of the server that one process can play. By default it plays all.</summary>
[Flags]
internal enum ServerRole
{
    None = 0,

    /// <summary>The authorization server and its pages.</summary>
    Auth = 1,

    /// <summary>The MCP endpoint.</summary>
    Mcp = 2,

    /// <summary>The reconciler.</summary>
    Worker = 4,

    /// <summary>From host names to replicas.</summary>
    Ingress = 8,

    All = Auth | Mcp | Worker | Ingress,
}
