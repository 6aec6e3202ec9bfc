namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>Errors that no statement which is allowed here could mend: functions (42883) and permissions (42501). It says who can.</summary>
internal sealed class Explained : IFixRule
{
    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["uuid_generate_v4"] = "uuid-ossp",
        ["uuid_generate_v1"] = "uuid-ossp",
        ["crypt"] = "pgcrypto",
        ["gen_salt"] = "pgcrypto",
        ["digest"] = "pgcrypto",
        ["unaccent"] = "unaccent",
        ["similarity"] = "pg_trgm",
        ["levenshtein"] = "fuzzystrmatch",
        ["crosstab"] = "tablefunc",
    };

    public IReadOnlyList<string> SqlStates { get; } = ["42883", "42501"];

    public Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken) =>
        Task.FromResult(context.Error.SqlState == "42501" ? Permission(context) : Function(context.Error.Function ?? ""));

    private static FixOutcome Function(string name)
    {
        var bare = name.Trim('"').Split('.')[^1];
        if (Extensions.TryGetValue(bare, out var extension))
            return FixOutcome.None(
                $"The function {bare} comes with the extension {extension}.",
                $"Have the database's administrator run CREATE EXTENSION \"{extension}\"{(bare.StartsWith("uuid_generate", StringComparison.OrdinalIgnoreCase) ? ", or use gen_random_uuid(), which PostgreSQL has from 13 on" : "")}.");
        return FixOutcome.None(
            $"There is no function {(SqlIdentifier.IsSound(bare) ? bare : "of that name")} for these arguments, and functions are not made here.",
            "Check the types of its arguments, or have the program's migrations make it.");
    }

    private static FixOutcome Permission(FixContext context)
    {
        var error = context.Error;
        var thing = $"{error.Kind ?? "the object"} {error.Relation}".TrimEnd();
        var needed = error.Kind switch
        {
            "sequence" => $"GRANT USAGE ON SEQUENCE {error.Relation} TO the program's role",
            "schema" => $"GRANT USAGE ON SCHEMA {error.Relation} TO the program's role",
            "database" => $"GRANT CREATE ON DATABASE {error.Relation} TO the program's role",
            "function" => $"GRANT EXECUTE ON FUNCTION {error.Relation} TO the program's role",
            _ => $"GRANT SELECT, INSERT, UPDATE, DELETE ON {error.Relation} TO the program's role",
        };
        return FixOutcome.None(
            $"A role was not allowed to use {thing}, and no proposal changes who may do what.",
            $"Have the database's administrator run, as far as it is meant: {needed}.");
    }
}
