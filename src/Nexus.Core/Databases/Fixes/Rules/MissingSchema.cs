using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>A schema that isn't there (3F000).</summary>
internal sealed class MissingSchema : IFixRule
{
    public IReadOnlyList<string> SqlStates { get; } = ["3F000"];

    public Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken)
    {
        var schemas = context.Graph.Tables.Select(table => table.Schema).Distinct().ToList();
        return Task.FromResult(context.Error.Schema is not { } name ? FixOutcome.None("The log does not say which schema is missing.")
            : NearNames.Of(name, schemas) is [var near, ..] && near != name ? FixOutcome.None($"There is no schema {name}, but {near}.", $"Correct the program, if {near} is what it means.")
            : FixOutcome.Of(new FixDraft(
                $"CREATE SCHEMA {SqlIdentifier.Quote(name)}",
                $"There is no schema {name}. It is made empty. If the program has migrations, run those then.",
                [$"the schemas with tables are {string.Join(", ", schemas.Take(10).DefaultIfEmpty("none"))}"])));
    }
}
