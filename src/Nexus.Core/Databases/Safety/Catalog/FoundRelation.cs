namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>A relation that a name may mean.</summary>
/// <param name="Kind">As <c>pg_class.relkind</c> has it.</param>
/// <param name="Definition">The query of a view.</param>
/// <param name="Wrapper">The foreign data wrapper of a foreign table.</param>
internal sealed record FoundRelation(int Mention, string Schema, string Name, char Kind, string? Definition, string? Wrapper, string[] Triggers, string[] Expressions)
{
    public bool IsSystem => Schema is "pg_catalog" or "information_schema";

    public string Called => $"{Schema}.{Name}";
}
