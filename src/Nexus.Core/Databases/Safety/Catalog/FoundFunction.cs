namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>A row of <c>pg_proc</c> that a name may mean, with what it is made of.</summary>
/// <param name="Mention">Which of the names that were asked for; -1 for one behind a name, -2 for one that needs none.</param>
/// <param name="Body">SQL or code; the C symbol for an internal function.</param>
/// <param name="Library">The file that a C function is in.</param>
/// <param name="Aliases">PostgreSQL's own names of what somebody's internal function is.</param>
/// <param name="Types">Those of its arguments and its result that aren't PostgreSQL's own.</param>
/// <param name="Defaults">The expressions of arguments that are left out.</param>
internal sealed record FoundFunction(
    int Mention, uint Id, string Schema, string Name, char Volatility, bool RunsAsOwner, bool OwnerIsSuperuser, string Language,
    bool IsTrusted, string Body, string Library, string[] Aliases, string[] Types, string? Defaults)
{
    public const int Named = -1;
    public const int Implied = -2;

    /// <summary>The first that isn't PostgreSQL's own (<c>FirstNormalObjectId</c>): extensions put theirs into its schema too.</summary>
    private const uint FirstOfOthers = 16_384;

    public bool IsVolatile => Volatility == 'v';

    public bool IsBuiltIn => Id < FirstOfOthers;

    public string Called => IsBuiltIn ? Name : $"{Schema}.{Name}";
}
