using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>Functions that reach beyond the tables, however a statement reaches them and in whatever schema they are.</summary>
internal sealed class ForbiddenFunctions : ISqlRule
{
    public IEnumerable<SqlRefusal> Check(ParsedSql sql) =>
        from named in FunctionNames.Of(sql.Tree)
        let forbidden = FunctionCatalog.Find(named.Name, named.Arguments)
        // A column may well be called so; where it is the function, the catalog says it.
        where forbidden is not null && named is not { IsAttribute: true, Name: "http" }
        select sql.Refuse(named.Node, forbidden.Rule, $"The function {named.Name} is not allowed: it {forbidden.Does}.", forbidden.Hint);
}
