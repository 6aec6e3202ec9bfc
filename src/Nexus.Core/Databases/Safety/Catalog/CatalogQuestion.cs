namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>Names to look up.</summary>
/// <param name="Operators">All so far: which of them is meant depends on the types.</param>
/// <param name="Touched">The types of values that are there already, those of tables that are read among them.</param>
/// <param name="IsWriting">Whether values are assigned to columns, which takes casts that a query doesn't.</param>
internal sealed record CatalogQuestion(
    IReadOnlyList<SqlFunction> Functions, IReadOnlyList<SqlName> Relations, IReadOnlyList<SqlName> Operators, IReadOnlyList<SqlName> Types,
    IReadOnlyList<string> Touched, bool IsWriting, bool IsEmpty)
{
    public int Count => Functions.Count + Relations.Count + Operators.Count + Types.Count + Touched.Count;
}

/// <summary>What they mean.</summary>
internal sealed record CatalogAnswer(IReadOnlyList<FoundFunction> Functions, IReadOnlyList<FoundRelation> Relations, IReadOnlyList<FoundType> Types);
