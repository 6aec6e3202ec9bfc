using System.Globalization;
using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>
/// A value that is there already (23505). Where it is a key whose sequence has fallen behind, as after rows were loaded with their keys,
/// the sequence is moved on; else the constraint is right.
/// </summary>
internal sealed class DuplicateKey : IFixRule
{
    private const string SequenceOf = """
        SELECT n.nspname::text, c.relname::text, s.last_value::text
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_sequences s ON s.schemaname = n.nspname AND s.sequencename = c.relname
        WHERE c.oid = pg_catalog.pg_get_serial_sequence($1, $2)::pg_catalog.regclass
        """;

    public IReadOnlyList<string> SqlStates { get; } = ["23505"];

    public async Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken)
    {
        if (KeyOf(context) is not { } found)
            return FixOutcome.None("The log does not say which unique constraint was violated.", "Send the whole message, with the constraint's name.");
        var (table, key) = found;
        if (key.Columns is not [var name] || table.Find(name) is not { Type: "smallint" or "integer" or "bigint" } column) return IsRight(table, key);
        var place = SqlIdentifier.Quote(table.Schema, table.Name);
        var sequence = await context.AskAsync(SequenceOf, cancellationToken, place, name);
        if (sequence is not [{ } schema, { } sequenceName, _]) return IsRight(table, key);
        var highest = await HighestAsync(context, place, name, cancellationToken);
        var last = long.TryParse(sequence[2], CultureInfo.InvariantCulture, out var value) ? value : 0;
        return highest <= last ? IsRight(table, key)
            : Restart(SqlIdentifier.Quote(schema, sequenceName), table, column, highest, last);
    }

    private static async Task<long> HighestAsync(FixContext context, string place, string column, CancellationToken cancellationToken)
    {
        var answer = await context.AskAsync($"SELECT max({SqlIdentifier.Quote(column)})::text FROM {place}", cancellationToken);
        return long.TryParse(answer[0], CultureInfo.InvariantCulture, out var highest) ? highest : 0;
    }

    private static (SchemaTable Table, SchemaKey Key)? KeyOf(FixContext context)
    {
        var tables = context.Named is { } named ? [named] : context.Graph.Tables;
        var found = tables.SelectMany(table => table.Keys.Where(key => key.Name == context.Error.Constraint).Select(key => (table, key))).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static FixOutcome IsRight(SchemaTable table, SchemaKey key) => FixOutcome.None(
        $"{table.FullName} has such a {string.Join(", ", key.Columns)} already, and the constraint {key.Name} is right to refuse another.",
        "Let the program look first, or use ON CONFLICT.");

    private static FixOutcome Restart(string sequence, SchemaTable table, SchemaColumn column, long highest, long last)
    {
        var next = (highest + 1).ToString(CultureInfo.InvariantCulture);
        return FixOutcome.Of(new FixDraft(
            $"ALTER SEQUENCE {sequence} RESTART WITH {next}",
            $"{table.FullName} has rows up to {column.Name} {highest}, but the sequence that counts them is at {last} and gives numbers that are taken. It goes on from {next}.",
            [string.Create(CultureInfo.InvariantCulture, $"highest {column.Name} of {table.FullName}: {highest}; {sequence}: {last}")],
            $"SELECT max({SqlIdentifier.Quote(column.Name)})::text FROM {SqlIdentifier.Quote(table.Schema, table.Name)}"));
    }
}
