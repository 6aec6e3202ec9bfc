using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>One family of rules.</summary>
internal interface ISqlRule
{
    IEnumerable<SqlRefusal> Check(ParsedSql sql);
}
