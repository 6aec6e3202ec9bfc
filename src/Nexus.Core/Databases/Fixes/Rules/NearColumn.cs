using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>Finds the column that is surely meant by another name. Where there is doubt there is none: adding a column spoils nothing.</summary>
internal static class NearColumn
{
    public static SchemaColumn? Of(FixContext context, SchemaTable table, string name)
    {
        var candidates = table.Columns.Where(column => !IsUsed(context, column.Name)).ToList();
        if (candidates.Where(column => Words.Folded(column.Name) == Words.Folded(name)).ToList() is [var same]) return same;
        if (context.Error.Meant?.Split('.') is [_, var meant] && candidates.Find(column => column.Name == meant) is { } hinted && Closeness.IsSlip(hinted.Name, name))
            return hinted;
        var near = NearNames.Of(name, candidates.Select(column => column.Name)).Where(one => Closeness.IsSlip(one, name)).ToList();
        return near is [var only] ? candidates.Find(column => column.Name == only) : null;
    }

    /// <summary>A statement that has both names doesn't mean the same by them.</summary>
    private static bool IsUsed(FixContext context, string column) => context.Statement?.Columns.Any(used => used.Name == column) == true;
}
