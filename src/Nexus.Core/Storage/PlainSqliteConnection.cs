using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace Nexus.Core.Storage;

#pragma warning disable EF1001 // The class is EF Core's own and may change with any version: every test on SQLite would show it.

/// <summary>
/// A connection without the dozen functions that EF Core gives SQLite for decimals and regular expressions, none of which we use. A pooled
/// connection gets them anew each time that it is opened, which took two thirds of a small query.
/// </summary>
internal sealed class PlainSqliteConnection(
    RelationalConnectionDependencies dependencies, IRawSqlCommandBuilder commands, IDiagnosticsLogger<DbLoggerCategory.Infrastructure> logger)
    : SqliteRelationalConnection(dependencies, commands, logger)
{
    protected override DbConnection CreateDbConnection() => new SqliteConnection(GetValidatedConnectionString());
}
