namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>A type that a name may mean.</summary>
/// <param name="IsMade">Whether values are made of it, and so checked; of the others some lie in tables that are read.</param>
/// <param name="Checks">The conditions of a domain.</param>
/// <param name="Parts">The types that it is made of, but for PostgreSQL's own.</param>
internal sealed record FoundType(string Name, bool IsMade, string[] Checks, string[] Parts);
