namespace Nexus.Core.Databases.Schema;

/// <summary>Writes the parts of a schema as short as DDL does, which an agent reads best.</summary>
internal static class SchemaText
{
    public static string Column(SchemaColumn column)
    {
        var text = Structure(column);
        return column.Comment is { } comment ? $"{text} -- {comment.ReplaceLineEndings(" ")}" : text;
    }

    public static string Key(SchemaKey key) => $"{(key.IsPrimary ? "PRIMARY KEY" : "UNIQUE")} ({string.Join(", ", key.Columns)})";

    public static string ForeignKey(SchemaForeignKey key) =>
        $"FOREIGN KEY ({string.Join(", ", key.Columns)}) REFERENCES {key.Target} ({string.Join(", ", key.TargetColumns)})";

    /// <summary>Everything of a table that a statement can depend on.</summary>
    public static string Structure(SchemaTable table) => string.Join('\t', (string[])
    [
        table.FullName, table.Kind.ToString(),
        .. table.Columns.Select(Structure),
        .. table.Keys.Select(key => $"{key.Name} {Key(key)}"),
        .. table.ForeignKeys.Select(key => $"{key.Name} {ForeignKey(key)}"),
        .. table.Indexes,
    ]);

    private static string Structure(SchemaColumn column) =>
        $"{column.Name} {column.Type}{(column.IsNullable ? "" : " NOT NULL")}{(column.IsIdentity ? " IDENTITY" : "")}"
        + (column.Default is { } value ? $" DEFAULT {value}" : "");
}
