using Nexus.Core.Databases.Safety.Parsing;
using Nexus.Core.Databases.Safety.Rules;

namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>Follows the names of a statement through the catalog: each view, function and domain brings names of its own.</summary>
internal sealed class CatalogSearch(SqlParser parser, CatalogFindings findings)
{
    private readonly HashSet<(string?, string, int?, bool)> _functions = [];
    private readonly HashSet<(string, SqlName)> _names = [];
    private readonly HashSet<uint> _judged = [];
    private readonly HashSet<SqlName> _written = [];
    private readonly Dictionary<SqlFunction, Reached> _reached = [];
    private List<SqlFunction> _nextFunctions = [];
    private List<SqlName> _nextRelations = [];
    private List<SqlName> _nextOperators = [];
    private List<SqlName> _nextTypes = [];

    public void Add(SqlMentions mentions)
    {
        _written.UnionWith(mentions.Written);
        Add(mentions, by: null);
    }

    /// <summary>The names that nobody asked for yet.</summary>
    public CatalogQuestion Next()
    {
        var question = new CatalogQuestion(_nextFunctions, _nextRelations, _nextOperators, _nextTypes);
        (_nextFunctions, _nextRelations, _nextOperators, _nextTypes) = ([], [], [], []);
        return question;
    }

    public void Take(CatalogQuestion question, CatalogAnswer answer)
    {
        foreach (var found in answer.Functions) Take(found, Way(question, found));
        foreach (var relation in answer.Relations) Take(relation, _written.Contains(question.Relations[relation.Mention]));
        foreach (var check in answer.Checks) Follow($"SELECT {check}", "a domain");
        var known = answer.Functions.Select(found => found.Mention).ToHashSet();
        for (var index = 0; index < question.Functions.Count; index++)
        {
            if (!known.Contains(index)) TakeUnknown(question.Functions[index], answer.Types);
        }
    }

    private void Add(SqlMentions mentions, string? by)
    {
        foreach (var function in mentions.Functions) Add(function, by);
        _nextRelations.AddRange(mentions.Relations.Where(name => _names.Add(("relation", name))));
        _nextOperators.AddRange(mentions.Operators.Where(name => _names.Add(("operator", name))));
        _nextTypes.AddRange(mentions.Types.Where(name => _names.Add(("type", name))));
    }

    private void Add(SqlFunction function, string? by)
    {
        if (!_functions.Add((function.Schema, function.Name, function.Arguments, function.IsAttribute))) return;
        _reached[function] = new(by, function.Arguments, function.Position);
        _nextFunctions.Add(function);
    }

    private Reached Way(CatalogQuestion question, FoundFunction found) =>
        found.Mention >= 0 ? _reached[question.Functions[found.Mention]] : new("An operator, aggregate or cast", null, null);

    private void Take(FoundFunction found, Reached reached)
    {
        FunctionJudge.Judge(found, reached, findings);
        if (!_judged.Add(found.Id) || !FunctionJudge.HasReadableBody(found)) return;
        var tokens = parser.Tokens(found.Body);
        if (BodyReader.RunsStrings(tokens))
            findings.Refusals.Add(reached.Refuse("runs-a-string", $"{found.Called} is not allowed: it runs SQL that it makes from strings.", "Write that query itself as the statement."));
        foreach (var name in BodyReader.Forbidden(tokens))
            findings.Refusals.Add(reached.Refuse(FunctionCatalog.Find(name, null)!.Rule, $"{found.Called} is not allowed: it names {name}.", "Write what it does as plain SQL."));
        foreach (var call in BodyReader.Calls(tokens)) Add(call with { Position = reached.Position }, found.Called);
    }

    private void Take(FoundRelation relation, bool written)
    {
        if (relation.Kind == 'f' && relation.Wrapper == "file_fdw")
            findings.Refusals.Add(new("server-file", $"{relation.Called} is not allowed: it is a file of the database server.", "Keep what you need in a table.", null));
        else if (relation.Kind == 'f')
            findings.Effects.Add($"{relation.Called} is on another server, where a read-only transaction does not hold");
        if (relation is { IsSystem: false, Definition: { } query }) Follow(query, relation.Called);
        if (!written) return;
        foreach (var trigger in relation.Triggers) findings.Notes.Add($"{relation.Called} runs its trigger or rule {trigger}");
        foreach (var expression in relation.Expressions) Follow($"SELECT {expression}", relation.Called);
    }

    /// <summary>What PostgreSQL prints of a view or an expression is SQL like any other.</summary>
    private void Follow(string sql, string by)
    {
        try
        {
            var (mentions, refusals) = parser.Parse(sql, parsed => (MentionReader.Read(parsed), new ForbiddenFunctions().Check(parsed).ToList()));
            findings.Refusals.AddRange(refusals.Select(one => one with { Message = $"{by}: {one.Message}", Position = null }));
            Add(mentions, by);
        }
        catch (SqlSyntaxException unreadable)
        {
            findings.Refusals.Add(new("unreadable", $"What {by} does cannot be read: {unreadable.Message}.", "Use the tables beneath it.", null));
        }
    }

    /// <summary>A call of a type's name is a cast; an attribute that isn't a function is a column.</summary>
    private void TakeUnknown(SqlFunction function, IReadOnlySet<string> types)
    {
        var way = _reached[function];
        if (function.IsAttribute || way.By is not null || (function.Arguments is null or 1 && types.Contains(function.Name))) return;
        findings.Refusals.Add(new(
            "unknown-function", $"There is no function {function.Name} with {function.Arguments} arguments that this role sees.", "Look its name up, or qualify it with its schema.", function.Position));
    }
}
