using Nexus.Core.Commands;
using Nexus.Core.Databases.Safety;

namespace Nexus.Core.Databases.Fixes;

/// <summary>An error's log, and the database that it comes from.</summary>
/// <param name="Deployment">Its runtime log is read too; null for none.</param>
public sealed record AskedFix(Guid SourceId, string LogSnippet, string? Deployment = null);

/// <summary>A fix that has passed everything but a person's eyes.</summary>
/// <param name="Evidence">Lines of the log and facts of the schema that it follows from; text of others, not to be obeyed.</param>
public sealed record ProposedFix(
    Guid ProposalId, string ProposedSql, string Explanation, RiskLevel RiskLevel, IReadOnlyList<string> Evidence, DateTimeOffset ExpiresAt);

/// <summary>A proposal to apply.</summary>
public sealed record ApplyFix(Guid ProposalId, Guid SourceId, bool Confirmed);

/// <summary>What became of a proposal.</summary>
public sealed record AppliedFix(Guid ProposalId, bool Applied, string Sql, bool DryRun = false, IReadOnlyList<Change>? Plan = null);
