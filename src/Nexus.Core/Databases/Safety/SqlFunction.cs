namespace Nexus.Core.Databases.Safety;

/// <summary>A function that a statement names.</summary>
/// <param name="Schema">Null where it is left to the search path.</param>
/// <param name="Arguments">How many it is given; null where that isn't to be seen.</param>
/// <param name="IsAttribute">Written as an attribute, as in <c>row.name</c>: it may be a column too.</param>
public sealed record SqlFunction(string? Schema, string Name, int? Arguments, bool IsAttribute, int? Position);
