using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>The shapes that rules share.</summary>
internal static class Refusals
{
    public static SqlRefusal Refuse(this ParsedSql sql, SqlNode node, string rule, string message, string hint) =>
        new(rule, message, hint, sql.PositionOf(node));

    /// <summary>Every statement of these kinds, at whatever depth.</summary>
    /// <param name="statements">From the kind to what people call it.</param>
    public static IEnumerable<SqlRefusal> Refuse(this ParsedSql sql, IReadOnlyDictionary<string, string> statements, string rule, string hint) =>
        from node in sql.Tree.All
        let name = statements.GetValueOrDefault(node.Kind)
        where name is not null
        select sql.Refuse(node, rule, $"{name} is not allowed.", hint);
}
