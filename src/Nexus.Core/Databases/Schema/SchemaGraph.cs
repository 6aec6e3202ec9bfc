using System.Security.Cryptography;
using System.Text;

namespace Nexus.Core.Databases.Schema;

/// <summary>What a database has, as far as its role sees it: all schemas but the system's.</summary>
public sealed class SchemaGraph(IReadOnlyList<SchemaTable> tables)
{
    private string? _fingerprint;

    /// <summary>By schema and name.</summary>
    public IReadOnlyList<SchemaTable> Tables => tables;

    /// <summary>The same as long as nothing but rows and comments has changed.</summary>
    public string Fingerprint => _fingerprint ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', tables.Select(SchemaText.Structure)))));

    /// <summary>By <c>schema.name</c>, or by the name alone: then in the schema public first.</summary>
    public SchemaTable? Find(string name) =>
        tables.FirstOrDefault(table => table.FullName == name)
        ?? tables.Where(table => table.Name == name).OrderByDescending(table => table.Schema == "public").FirstOrDefault();
}

/// <summary>A table or view.</summary>
/// <param name="EstimatedRows">As of the last ANALYZE; null before the first.</param>
public sealed record SchemaTable(string Schema, string Name, SchemaTableKind Kind, long? EstimatedRows, string? Comment)
{
    public required IReadOnlyList<SchemaColumn> Columns { get; init; }
    public required IReadOnlyList<SchemaKey> Keys { get; init; }
    public required IReadOnlyList<SchemaForeignKey> ForeignKeys { get; init; }
    public required IReadOnlyList<string> Indexes { get; init; }

    public string FullName => $"{Schema}.{Name}";

    public SchemaKey? PrimaryKey => Keys.FirstOrDefault(key => key.IsPrimary);

    public SchemaColumn? Find(string column) => Columns.FirstOrDefault(one => one.Name == column);
}

/// <summary>What a relation is.</summary>
public enum SchemaTableKind
{
    Table,
    View,
    MaterializedView,
    ForeignTable,
}

/// <summary>A column.</summary>
public sealed record SchemaColumn(string Name, string Type, bool IsNullable, string? Default, bool IsIdentity, string? Comment);

/// <summary>A primary or unique key.</summary>
public sealed record SchemaKey(string Name, bool IsPrimary, IReadOnlyList<string> Columns);

/// <summary>A foreign key and what it refers to.</summary>
public sealed record SchemaForeignKey(string Name, IReadOnlyList<string> Columns, string Target, IReadOnlyList<string> TargetColumns);
