using Nexus.Core.Databases.Safety.Parsing;
using Nexus.Core.Databases.Safety.Rules;

namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>Follows the names of a statement through the catalog: each view, function and domain brings names of its own.</summary>
internal sealed class CatalogSearch(SqlParser parser, CatalogFindings findings)
{
    private readonly HashSet<(string?, string, int?, bool, bool)> _functions = [];
    private readonly HashSet<(string, SqlName)> _names = [];
    private readonly HashSet<(uint, bool)> _judged = [];
    private readonly HashSet<(string, bool)> _followed = [];
    private readonly HashSet<SqlName> _written = [];
    private List<(SqlFunction Function, Reached Way)> _nextFunctions = [];
    private List<SqlName> _nextRelations = [];
    private readonly List<SqlName> _operators = [];
    private List<SqlName> _nextTypes = [];
    private List<string> _nextTouched = [];
    private bool _newOperators;
    private List<Reached> _ways = [];

    public void Add(SqlMentions mentions) => Add(mentions, new(null, null, null));

    /// <summary>The names that nobody asked for yet.</summary>
    public CatalogQuestion Next()
    {
        var isEmpty = _nextFunctions.Count + _nextRelations.Count + _nextTypes.Count + _nextTouched.Count == 0 && !_newOperators;
        var question = new CatalogQuestion(
            [.. _nextFunctions.Select(next => next.Function)], _nextRelations, [.. _operators], _nextTypes, _nextTouched, _written.Count > 0, isEmpty);
        _ways = [.. _nextFunctions.Select(next => next.Way)];
        (_nextFunctions, _nextRelations, _nextTypes, _nextTouched, _newOperators) = ([], [], [], [], false);
        return question;
    }

    public void Take(CatalogQuestion question, CatalogAnswer answer)
    {
        foreach (var found in answer.Functions) Take(found, Way(found));
        foreach (var relation in answer.Relations) Take(relation, _written.Contains(question.Relations[relation.Mention]));
        foreach (var type in answer.Types) Take(type);
        var known = answer.Functions.Select(found => found.Mention).ToHashSet();
        for (var index = 0; index < question.Functions.Count; index++)
        {
            if (!known.Contains(index)) TakeUnknown(question.Functions[index], _ways[index], answer.Types.Any(type => type.IsMade && type.Name == question.Functions[index].Name));
        }
    }

    private void Add(SqlMentions mentions, Reached way)
    {
        _written.UnionWith(mentions.Written);
        foreach (var function in mentions.Functions) Add(function, way);
        // A relation that is read may turn out to be written, by way of a view; then there is more to know of it.
        _nextRelations.AddRange(mentions.Relations.Where(name => _names.Add((_written.Contains(name) ? "written" : "read", name))));
        foreach (var name in mentions.Operators.Where(name => _names.Add(("operator", name))))
        {
            _operators.Add(name);
            _newOperators = true;
        }

        // A table is a type too: whoever reads it touches values of its columns' types, and whoever writes it makes some.
        Touch(mentions.Relations.Select(name => name.Name));
        Make(mentions.Types.Concat(mentions.Written));
    }

    private void Add(SqlFunction function, Reached way)
    {
        if (_functions.Add((function.Schema, function.Name, function.Arguments, function.IsAttribute, way.IsImplied)))
            _nextFunctions.Add((function, way with { Arguments = function.Arguments, Position = function.Position ?? way.Position }));
    }

    private void Make(IEnumerable<SqlName> types) => _nextTypes.AddRange(types.Where(name => _names.Add(("type", name))));

    private void Touch(IEnumerable<string> types) => _nextTouched.AddRange(types.Where(name => _names.Add(("touched", new(null, name)))));

    private void Take(FoundType type)
    {
        if (type.IsMade) Make(type.Parts.Select(part => new SqlName(null, part)));
        else Touch(type.Parts);
        if (!type.IsMade) return;
        foreach (var check in type.Checks) Follow($"SELECT {check}", new("a domain", null, null));
    }

    private Reached Way(FoundFunction found) =>
        found.Mention >= 0 ? _ways[found.Mention] : new("An operator, aggregate or cast", null, null, IsImplied: found.Mention == FoundFunction.Implied);

    private void Take(FoundFunction found, Reached reached)
    {
        FunctionJudge.Judge(found, reached, findings);
        if (!_judged.Add((found.Id, reached.IsImplied))) return;
        Make(found.Types.Select(type => new SqlName(null, type)));
        if (found.Defaults is { } defaults) Follow($"SELECT {defaults}", reached with { By = found.Called });
        if (FunctionJudge.HasReadableBody(found)) TakeBody(found, reached);
    }

    private void TakeBody(FoundFunction found, Reached reached)
    {
        var tokens = Tokens(found, reached);
        if (BodyReader.RunsStrings(tokens))
            findings.Refusals.Add(reached.Refuse("runs-a-string", $"{found.Called} is not allowed: it runs SQL that it makes from strings.", "Write that query itself as the statement."));
        if (BodyReader.HidesNames(tokens))
            findings.Refusals.Add(reached.Refuse("unreadable-function", $"{found.Called} is not allowed: it writes names in escapes.", "Write what it does as plain SQL."));
        if (BodyReader.ChangesSettings(tokens))
            findings.Refusals.Add(reached.Refuse("session-setting", $"{found.Called} is not allowed: it changes settings of the session.", "Write what else it does as plain SQL."));
        foreach (var name in BodyReader.Forbidden(tokens))
            findings.Refusals.Add(reached.Refuse(FunctionCatalog.Find(name, null)!.Rule, $"{found.Called} is not allowed: it names {name}.", "Write what it does as plain SQL."));
        Add(BodyReader.Mentions(tokens), reached with { By = found.Called });
    }

    private IReadOnlyList<string> Tokens(FoundFunction found, Reached reached)
    {
        try
        {
            return parser.Tokens(found.Body);
        }
        catch (SqlSyntaxException unreadable)
        {
            findings.Refusals.Add(reached.Refuse("unreadable", $"What {found.Called} does cannot be read: {unreadable.Message}.", "Write what it does as plain SQL."));
            return [];
        }
    }

    private void Take(FoundRelation relation, bool written)
    {
        if (relation.Kind == 'f' && relation.Wrapper == "file_fdw")
            findings.Refusals.Add(new("server-file", $"{relation.Called} is not allowed: it is a file of the database server.", "Keep what you need in a table.", null));
        else if (relation.Kind == 'f')
            findings.Effects.Add($"{relation.Called} is on another server, where a read-only transaction does not hold");
        if (SystemCatalogs.IsSecret(relation.Schema, relation.Name))
            findings.Refusals.Add(new("system-catalog", $"What leads to {relation.Called} is not allowed: it holds secrets or server files.", "Ask the database's administrator for what you need of it.", null));
        if (written && relation is { Schema: "pg_catalog", Name: "pg_settings" })
            findings.Refusals.Add(new("session-setting", "Changing settings by way of a view is not allowed.", "Leave it out: Nexus makes the settings of the connection.", null));
        // What is materialized is run when it is refreshed.
        if (relation is { IsSystem: false, Definition: { } query } && (relation.Kind == 'v' || written)) Follow(query, new(relation.Called, null, null), written && relation.Kind == 'v');
        if (!written) return;
        foreach (var trigger in relation.Triggers) findings.Notes.Add($"{relation.Called} runs its trigger or rule {trigger}");
        foreach (var expression in relation.Expressions) Follow($"SELECT {expression}", new(relation.Called, null, null));
    }

    /// <summary>What PostgreSQL prints of a view or an expression is SQL like any other.</summary>
    /// <param name="written">Whether what it reads is written to through it.</param>
    private void Follow(string sql, Reached way, bool written = false)
    {
        if (!_followed.Add((sql, written || way.IsImplied))) return;
        try
        {
            var (mentions, refusals) = parser.Parse(sql, parsed => (MentionReader.Read(parsed), new ForbiddenFunctions().Check(parsed).ToList()));
            findings.Refusals.AddRange(refusals.Select(one => one with { Message = $"{way.By}: {one.Message}", Position = null }));
            Add(written ? mentions with { Written = mentions.Relations } : mentions, way with { Position = null });
        }
        catch (SqlSyntaxException unreadable)
        {
            findings.Refusals.Add(new("unreadable", $"What {way.By} does cannot be read: {unreadable.Message}.", "Use the tables beneath it.", null));
        }
    }

    /// <summary>A call of a type's name is a cast; an attribute that isn't a function is a column.</summary>
    private void TakeUnknown(SqlFunction function, Reached way, bool isType)
    {
        if (function.IsAttribute || way.By is not null || (function.Arguments is null or 1 && isType)) return;
        findings.Refusals.Add(new(
            "unknown-function", $"There is no function {function.Name} with {function.Arguments} arguments that this role sees.", "Look its name up, or qualify it with its schema.", function.Position));
    }
}
