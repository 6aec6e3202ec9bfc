using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Sources;

namespace Nexus.Mcp.Tools;

/// <summary>Which databases the organisation has registered.</summary>
[Toolset("databases")]
internal sealed class DatabaseSourceTools(SourceQueries queries, SourceCommands commands)
{
    [McpServerTool(
        Name = "nexusai_db_source_list", Title = "List databases",
        ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Lists the organisation's own databases, newest first.")]
    [Performs(Operation.ListDatabaseSources)]
    public async Task<DatabaseSourceList> ListAsync(
        Actor actor,
        [Range(1, PageRequest.HighestLimit)] int limit = PageRequest.DefaultLimit,
        [Description(Words.Cursor)] string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var page = await queries.ListAsync(actor, new(limit, cursor), cancellationToken);
        return new([.. page.Items.Select(DatabaseSourceItem.From)], page.NextCursor);
    }

    [McpServerTool(
        Name = "nexusai_db_source_connect", Title = "Connect a database",
        ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = true)]
    [Description("Connects to a PostgreSQL database and registers it; the password goes to the vault.")]
    [Performs(Operation.ConnectDatabaseSource)]
    public Task<DatabaseSourceConnected> ConnectAsync(
        Actor actor,
        string name,
        string host,
        string dbName,
        string username,
        string password,
        [Range(1, ConnectSource.HighestPort)] int port = ConnectSource.DefaultPort,
        DatabaseSslMode sslMode = DatabaseSslMode.Require,
        DatabaseEngine engine = DatabaseEngine.Postgresql,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        CancellationToken cancellationToken = default) =>
        DatabaseSourceConnected.FromAsync(commands.ConnectAsync(
            actor, new(name, host, dbName, username, password, port, sslMode, engine), new(requestId, dryRun), cancellationToken));

    [McpServerTool(
        Name = "nexusai_db_source_delete", Title = "Forget a database",
        ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = false)]
    [Description("Forgets a database and its password. The database itself is left alone.")]
    [Performs(Operation.DeleteDatabaseSource)]
    public Task<DatabaseSourceDeleted> DeleteAsync(
        Actor actor,
        Guid sourceId,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        CancellationToken cancellationToken = default) =>
        DatabaseSourceDeleted.FromAsync(commands.DeleteAsync(actor, sourceId, new(requestId, dryRun), cancellationToken));
}
