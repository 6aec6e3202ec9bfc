using System.Collections.Frozen;
using Nexus.Core.Databases.Fixes.Rules;
using Nexus.Core.Databases.Queries;
using Npgsql;

namespace Nexus.Core.Databases.Fixes;

/// <summary>All rules, by the SQLSTATE that they are for.</summary>
internal static class FixRules
{
    private static readonly FrozenDictionary<string, IFixRule> All = ((IFixRule[])
        [
            new MissingTable(), new MissingColumn(), new MissingType(), new MissingSchema(), new MissingParent(), new MissingUniqueness(),
            new MissingValue(), new DuplicateKey(), new TooLong(), new Explained(),
        ])
        .SelectMany(rule => rule.SqlStates.Select(state => (State: state, Rule: rule)))
        .ToFrozenDictionary(one => one.State, one => one.Rule);

    public static async Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken)
    {
        if (context.Error.IsOfStatement)
            return FixOutcome.None("The statement itself is wrong, and no change of the schema would help it.", "Correct the statement in the program.");
        if (!context.Error.IsSound)
            return FixOutcome.None("The error names something that nobody would name so, and no SQL is made of that.", "Make the change yourself if it is meant.");
        if (!All.TryGetValue(context.Error.SqlState, out var rule))
            return FixOutcome.None($"Nothing is known to do about {context.Error.SqlState}.");
        try
        {
            return await rule.FindAsync(context, cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw ServerErrors.Of(failure, context.Session.Target);
        }
    }
}
