using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Fixes.Rules;
using Npgsql;

namespace Nexus.Core.Databases.Fixes;

/// <summary>Asks the catalog whether an error is gone, whoever drafted the fix.</summary>
internal sealed record FixCure(string Sql, params string[] Parameters)
{
    private const string ColumnIs = """
        SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute
        WHERE attrelid = pg_catalog.to_regclass($1) AND attname = $2 AND attnum > 0 AND NOT attisdropped
        """;

    public async Task<bool> HoldsAsync(SourceSession session, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, session.Npgsql, session.Transaction);
        foreach (var parameter in Parameters) command.Parameters.Add(new() { Value = parameter });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Null where the catalog can't tell.</summary>
    public static FixCure? Of(FixContext context) => context.Error switch
    {
        { SqlState: "42P01", Relation: { } table } error => new(
            "SELECT pg_catalog.to_regclass($1) IS NOT NULL", SqlIdentifier.Quote(error.Schema ?? "public", table)),
        { SqlState: "42703", Column: { } column } when ColumnOwners.Of(context) is [var owner] => new(
            $"{ColumnIs})", SqlIdentifier.Quote(owner.Schema, owner.Name), column),
        { SqlState: "23502", Column: { } column } when context.Named is { } owner => new(
            $"{ColumnIs} AND (NOT attnotnull OR atthasdef OR attidentity <> ''))", SqlIdentifier.Quote(owner.Schema, owner.Name), column),
        { SqlState: "42704", Type: { } type } => new("SELECT pg_catalog.to_regtype($1) IS NOT NULL", SqlIdentifier.Quote(type)),
        { SqlState: "3F000", Schema: { } schema } => new("SELECT pg_catalog.to_regnamespace($1) IS NOT NULL", SqlIdentifier.Quote(schema)),
        _ => null,
    };
}
