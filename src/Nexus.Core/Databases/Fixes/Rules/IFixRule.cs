namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>Knows what to make of one family of errors.</summary>
internal interface IFixRule
{
    /// <summary>The SQLSTATEs of the family.</summary>
    IReadOnlyList<string> SqlStates { get; }

    Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken);
}
