namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>Names to look up.</summary>
/// <param name="IsWriting">Whether values are assigned to columns, which takes casts that a query doesn't.</param>
internal sealed record CatalogQuestion(
    IReadOnlyList<SqlFunction> Functions, IReadOnlyList<SqlName> Relations, IReadOnlyList<SqlName> Operators, IReadOnlyList<SqlName> Types, bool IsWriting)
{
    public bool IsEmpty => Functions.Count + Relations.Count + Operators.Count + Types.Count == 0;

    public int Count => Functions.Count + Relations.Count + Operators.Count + Types.Count;
}

/// <summary>What they mean.</summary>
/// <param name="Checks">The conditions of domains among the types.</param>
internal sealed record CatalogAnswer(
    IReadOnlyList<FoundFunction> Functions, IReadOnlyList<FoundRelation> Relations, IReadOnlySet<string> Types, IReadOnlyList<string> Checks);
