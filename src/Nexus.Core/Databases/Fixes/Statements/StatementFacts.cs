namespace Nexus.Core.Databases.Fixes.Statements;

/// <summary>What a statement that failed, found in a log, wants of the schema. Only names and the shapes of values are taken from it.</summary>
internal sealed record StatementFacts(
    IReadOnlyList<UsedTable> Tables, IReadOnlyList<UsedColumn> Columns, IReadOnlyList<string> ConflictColumns, IReadOnlyList<UsedKey> ForeignKeys)
{
    /// <summary>The table that a column's qualifier stands for: an alias or a name.</summary>
    public UsedTable? Find(string qualifier) =>
        Tables.FirstOrDefault(table => table.Alias == qualifier) ?? Tables.FirstOrDefault(table => table.Alias is null && table.Name == qualifier);

    /// <summary>The columns that it takes from a table, each once; those without a qualifier as far as they can be no other table's.</summary>
    /// <param name="isOfAnother">Whether another table of the statement has a column of this name.</param>
    public IReadOnlyList<UsedColumn> ColumnsOf(string table, Func<string, bool> isOfAnother) =>
    [
        .. Columns
            .Where(column => column.Qualifier is { } qualifier ? Find(qualifier)?.Name == table : Tables.Count == 1 || !isOfAnother(column.Name))
            .GroupBy(column => column.Name)
            .Select(same => same.FirstOrDefault(column => column.Shape != ValueShape.Unknown) ?? same.First()),
    ];
}

/// <summary>A table in a statement.</summary>
internal sealed record UsedTable(string? Schema, string Name, string? Alias);

/// <summary>A column in a statement.</summary>
/// <param name="Qualifier">The alias or table before it; null where it is left open.</param>
/// <param name="Shape">What it is compared with or set to looks like.</param>
/// <param name="IsAssigned">Whether the statement sets it.</param>
/// <param name="IsCompared">Whether it stands where a value would, after the operator.</param>
internal sealed record UsedColumn(string? Qualifier, string Name, ValueShape Shape, bool IsAssigned = false, bool IsCompared = false);

/// <summary>A foreign key that a statement makes: the table it refers to, the columns there, and the types of its own.</summary>
internal sealed record UsedKey(UsedTable Target, IReadOnlyList<string> TargetColumns, IReadOnlyList<string> Types);

/// <summary>What a value looks like.</summary>
internal enum ValueShape
{
    Unknown,
    Integer,
    Decimal,
    Boolean,
    Uuid,
    Time,
    Json,
    Text,
}
