using System.Collections.Frozen;

namespace Nexus.Core.Access;

/// <summary>The OAuth scopes that guard operations, and what each lets an agent do, in words for the consent page.</summary>
public static class Scopes
{
    public const string DeploymentsRead = "deployments:read";
    public const string DeploymentsCreate = "deployments:create";
    public const string DeploymentsLogs = "deployments:logs";
    public const string DeploymentsDelete = "deployments:delete";
    public const string DatabasesRead = "databases:read";
    public const string DatabasesWrite = "databases:write";

    /// <summary>In the order in which pages and metadata show them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [DeploymentsRead, DeploymentsCreate, DeploymentsLogs, DeploymentsDelete, DatabasesRead, DatabasesWrite];

    /// <summary>What a holder could do, in plain words.</summary>
    public static IReadOnlyDictionary<string, string> Descriptions { get; } = new Dictionary<string, string>
    {
        [DeploymentsRead] = "See your projects and deployments, their status, health, domains and usage",
        [DeploymentsCreate] = "Deploy, change, scale, stop and start applications, and write secrets",
        [DeploymentsLogs] = "Read build and runtime logs of your applications",
        [DeploymentsDelete] = "Delete deployments, secrets and domains",
        [DatabasesRead] = "Read the schema and the rows of databases that you connected",
        [DatabasesWrite] = "Connect databases, and change their rows and tables after confirmation",
    }.ToFrozenDictionary();
}
