namespace Nexus.Core.Databases.Safety;

/// <summary>The name of a table, type or operator; the schema is null where it is left to the search path.</summary>
public sealed record SqlName(string? Schema, string Name)
{
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
