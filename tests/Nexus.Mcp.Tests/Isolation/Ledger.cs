using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Audit;
using Nexus.Core.Usage;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Isolation;

/// <summary>Everything that the database holds but the audit and the count of calls, as text, to see that nothing has changed.</summary>
internal static class Ledger
{
    public static async Task<string> ReadAsync(McpServerFixture server)
    {
        await using var db = await server.OpenDatabaseAsync();
        var text = new StringBuilder();
        Type[] audit = [typeof(AuditRecord), typeof(AuditChain), typeof(UsageCount)];
        var tables = db.Model.GetEntityTypes().Where(type => !audit.Contains(type.ClrType)).Select(type => type.GetTableName()!).Distinct().Order();
        await db.Database.OpenConnectionAsync();
        foreach (var table in tables)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))));
            text.AppendLine(table).AppendJoin('\n', rows.Order(StringComparer.Ordinal)).AppendLine();
        }

        return text.ToString();
    }

    private static string Text(object value) =>
        value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
