namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>A row of <c>pg_proc</c> that a name may mean, with what it is made of.</summary>
/// <param name="Mention">Which of the names that were asked for.</param>
/// <param name="Body">SQL or code; the C symbol for an internal function.</param>
/// <param name="Library">The file that a C function is in.</param>
internal sealed record FoundFunction(
    int Mention, uint Id, string Schema, string Name, char Volatility, bool RunsAsOwner, bool OwnerIsSuperuser, string Language,
    bool IsTrusted, string Body, string Library)
{
    public bool IsVolatile => Volatility == 'v';

    public bool IsBuiltIn => Schema == "pg_catalog";

    public string Called => IsBuiltIn ? Name : $"{Schema}.{Name}";
}
