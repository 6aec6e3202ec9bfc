using Nexus.Core.Databases.Safety;
using Npgsql;

namespace Nexus.Core.Tests.Databases.Safety;

/// <summary>Runs a statement as the product does: judged, judged again by the catalog, and a read in a read-only transaction.</summary>
internal sealed class ProductRun
{
    private static readonly SqlParser Parser = new();

    public static SqlJudge Judge { get; } = new(Parser);

    public static CatalogCheck Catalog { get; } = new(Parser);

    /// <summary>Judges and, where it may, runs it; rolls back at the end. What turns out to be no read needs a transaction that writes, and another call.</summary>
    public static async Task<SqlVerdict> RunAsync(NpgsqlConnection connection, string sql, bool confirmed, bool writes = false)
    {
        var verdict = Judge.Judge(sql);
        if (verdict.IsRefused) return verdict;
        await using var transaction = await connection.BeginTransactionAsync();
        if (verdict.IsRead && !writes) await RowsAsync(connection, "SET TRANSACTION READ ONLY");
        verdict = await Catalog.CheckAsync(connection, verdict, CancellationToken.None);
        if (verdict.IsRefused || (verdict.NeedsConfirmation && !confirmed)) return verdict;
        if (verdict.NeedsConfirmation && !writes)
        {
            await transaction.RollbackAsync();
            return await RunAsync(connection, sql, confirmed, writes: true);
        }

        await RowsAsync(connection, verdict.Canonical!);
        return verdict;
    }

    /// <param name="alone">As the product sends it: a single statement, which the driver leaves as it is.</param>
    public static async Task<List<string>> RowsAsync(NpgsqlConnection connection, string sql, bool alone = false)
    {
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        if (alone) command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 0 });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        do
        {
            while (await reader.ReadAsync()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "∅" : reader.GetString(column))));
        }
        while (await reader.NextResultAsync());
        return rows;
    }
}
