using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>Finds the table that a column is missing from: as the message says, as the statement says, as PostgreSQL's hint says.</summary>
internal static class ColumnOwners
{
    /// <summary>Several where nothing decides between them.</summary>
    public static IReadOnlyList<SchemaTable> Of(FixContext context)
    {
        var error = context.Error;
        if (context.Named is { } named) return [named];
        if (error.Qualifier is { } qualifier) return [.. Qualified(context, qualifier)];
        if (error.Meant?.Split('.') is [var meant, _] && Qualified(context, meant).ToList() is [var hinted]) return [hinted];
        var used = context.Statement?.Columns.FirstOrDefault(column => column.Name == error.Column && column.Qualifier is not null);
        if (used is not null && Qualified(context, used.Qualifier!).ToList() is [var written]) return [written];
        var tables = Tables(context);
        var near = tables.Where(table => NearColumn.Of(context, table, error.Column!) is not null).ToList();
        return near.Count == 1 ? near : tables;
    }

    private static IEnumerable<SchemaTable> Qualified(FixContext context, string qualifier)
    {
        var used = context.Statement?.Find(qualifier);
        var table = used is null ? context.Find(null, qualifier) : context.Find(used.Schema, used.Name);
        return table is null ? [] : [table];
    }

    private static List<SchemaTable> Tables(FixContext context) =>
        [.. (context.Statement?.Tables ?? []).Select(table => context.Find(table.Schema, table.Name)).OfType<SchemaTable>().Distinct()];
}
