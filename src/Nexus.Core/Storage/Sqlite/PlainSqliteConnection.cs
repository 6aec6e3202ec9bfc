using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Core.Storage.Sqlite;

#pragma warning disable EF1001 // The class is EF Core's own and may change with any version: every test on SQLite would show it.

/// <summary>
/// Has EF Core borrow its connections from <see cref="SqliteConnections"/>. They also lack the dozen functions that EF Core gives SQLite
/// for decimals and regular expressions, none of which we use.
/// </summary>
internal sealed class PlainSqliteConnection(
    RelationalConnectionDependencies dependencies, IRawSqlCommandBuilder commands, IDiagnosticsLogger<DbLoggerCategory.Infrastructure> logger)
    : SqliteRelationalConnection(dependencies, commands, logger)
{
    /// <summary>There are no services of ours at design time, and no connection either.</summary>
    protected override DbConnection CreateDbConnection() =>
        Dependencies.ContextOptions.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService<SqliteConnections>() is { } connections
            ? new BorrowedConnection(connections)
            : base.CreateDbConnection();
}
