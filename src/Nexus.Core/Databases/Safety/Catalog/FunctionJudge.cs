using Nexus.Core.Databases.Safety.Rules;

namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>Judges a function by what the catalog says of it, whatever its name is.</summary>
internal static class FunctionJudge
{
    private const string Hint = "Write what it does as plain SQL, or ask the database's administrator.";

    /// <summary>Extensions whose functions reach files, programs, raw pages or other servers.</summary>
    private static readonly string[] Libraries =
    [
        "dblink", "postgres_fdw", "file_fdw", "oracle_fdw", "mysql_fdw", "tds_fdw", "adminpack", "pageinspect", "pg_net", "http", "aws_s3", "aws_lambda", "pg_cron",
        "pg_surgery", "pg_prewarm", "pgxml", "lo", "pg_buffercache", "pg_walinspect",
    ];

    public static void Judge(FoundFunction function, Reached reached, CatalogFindings findings)
    {
        if (Refusal(function, reached) is { } refusal) findings.Refusals.Add(refusal);
        else if (!reached.IsImplied && Effect(function) is { } effect) findings.Effects.Add(effect);
    }

    /// <summary>Whether what it does is to be read in its text.</summary>
    public static bool HasReadableBody(FoundFunction function) => !function.IsBuiltIn && function.Language is "sql" or "plpgsql";

    private static SqlRefusal? Refusal(FoundFunction function, Reached reached)
    {
        if (Forbidden(function, reached) is { } forbidden) return reached.Refuse(forbidden.Rule, $"{function.Called} is not allowed: it {forbidden.Does}.", forbidden.Hint);
        if (function.IsBuiltIn)
        {
            return function.IsVolatile && !HarmlessFunctions.ReadsOnly(function.Name) && !HarmlessFunctions.Writes(function.Name)
                ? reached.Refuse("volatile-function", $"{function.Called} is not allowed: it acts on the server beyond its tables.", Hint)
                : null;
        }

        return function switch
        {
            { Language: "c" } when IsForbiddenLibrary(function.Library) => reached.Refuse("extension-function", $"{function.Called} is not allowed: it reaches beyond the tables.", Hint),
            { Language: "c" or "internal" or "sql" or "plpgsql" } when function is { RunsAsOwner: true, OwnerIsSuperuser: true } =>
                reached.Refuse("runs-as-superuser", $"{function.Called} is not allowed: it runs with the rights of a superuser.", Hint),
            { Language: "c" or "internal" or "sql" or "plpgsql" } => null,
            { IsTrusted: false } => reached.Refuse("untrusted-language", $"{function.Called} is not allowed: its language, {function.Language}, reaches the server's files and programs.", Hint),
            _ => reached.Refuse("unreadable-function", $"{function.Called} is not allowed: what it does cannot be seen in its language, {function.Language}.", Hint),
        };
    }

    /// <summary>By its name, and by what the server itself calls the code behind it.</summary>
    private static ForbiddenFunction? Forbidden(FoundFunction function, Reached reached)
    {
        if (FunctionCatalog.Find(function.Name, reached.Arguments) is { } byName) return byName;
        string[] others = function.Language is "internal" or "c" ? [function.Body, .. function.Aliases] : [];
        return others.Select(name => FunctionCatalog.Find(name, Many)).FirstOrDefault(found => found is not null);
    }

    // Of the functions ts_rewrite the one that takes three runs no query; the symbols of the others say themselves that they do.
    private const int Many = 3;

    private static string? Effect(FoundFunction function) => function switch
    {
        _ when function.Aliases.FirstOrDefault(HarmlessFunctions.Writes) is { } sequence => $"{function.Called} is {sequence}, which changes a sequence",
        { IsVolatile: false } => null,
        { IsBuiltIn: true } when HarmlessFunctions.ReadsOnly(function.Name) => null,
        { Language: "c", Library: "$libdir/pgcrypto" or "$libdir/uuid-ossp" } => null, // Volatile only because it is random.
        { Language: "c", Library: "$libdir/pg_stat_statements" } => null, // And this because it is news; its reset is refused.
        { IsBuiltIn: true } => $"{function.Name} changes a sequence",
        _ => $"{function.Called} is VOLATILE: it may change data",
    };

    private static bool IsForbiddenLibrary(string library) =>
        Libraries.Contains(Path.GetFileNameWithoutExtension(library.Replace("$libdir/", "", StringComparison.Ordinal)).Split('-')[0], StringComparer.Ordinal);
}
