namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>A type that isn't there (42704). Where it is there under almost the same name, a domain leads to it.</summary>
internal sealed class MissingType : IFixRule
{
    private const string Alike = """
        SELECT n.nspname::text, t.typname::text
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        WHERE t.typtype IN ('e', 'd') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
          AND pg_catalog.lower(pg_catalog.replace(t.typname::text, '_', '')) = $1
        ORDER BY n.nspname <> 'public', t.typname LIMIT 1
        """;

    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["citext"] = "citext",
        ["hstore"] = "hstore",
        ["ltree"] = "ltree",
        ["vector"] = "vector",
        ["halfvec"] = "vector",
        ["geometry"] = "postgis",
        ["geography"] = "postgis",
        ["cube"] = "cube",
    };

    public IReadOnlyList<string> SqlStates { get; } = ["42704"];

    public async Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken)
    {
        if (context.Error.Type is not { } name) return FixOutcome.None("The log does not say which type is missing.");
        if (Extensions.TryGetValue(name, out var extension))
            return FixOutcome.None($"The type {name} comes with the extension {extension}.", $"Have the database's administrator run CREATE EXTENSION {extension}.");
        var alike = await context.AskAsync(Alike, cancellationToken, Words.Folded(name));
        if (alike is not [{ } schema, { } found])
            return FixOutcome.None($"There is no type {name}, and the log does not say what its values are.", "Run the program's migrations, or make it with CREATE TYPE.");
        if (schema == "public" && found == name) return FixOutcome.None($"The type {name} is there now.", "Try the statement again.");
        return FixOutcome.Of(new FixDraft(
            $"CREATE DOMAIN {SqlIdentifier.Quote("public", name)} AS {SqlIdentifier.Quote(schema, found)}",
            $"There is no type {name}, but {schema}.{found}, which is surely meant. The domain lets both names be used. If the program is what is wrong, correct it instead.",
            [$"{schema}.{found} is a type"]));
    }
}
