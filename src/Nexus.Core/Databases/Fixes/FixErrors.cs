using Nexus.Core.Databases.Queries;

namespace Nexus.Core.Databases.Fixes;

/// <summary>The refusals of fixes.</summary>
internal static class FixErrors
{
    public const string NoFixCode = "NO_FIX_FOUND";
    public const string NotVerifiedCode = "FIX_NOT_VERIFIED";

    public static NexusException NoError() => new(
        "NO_DATABASE_ERROR",
        "The log shows no error of PostgreSQL that is known here.",
        "Send the lines with the database's message or SQLSTATE, and the statement if the log has it.",
        "logSnippet");

    public static NexusException NoFix(string reason, string? hint) => new(
        NoFixCode, reason, hint ?? "Look at the schema with nexusai_db_inspect_schema and decide what is to change.", "logSnippet");

    public static NexusException NotVerified(string reason) => new(
        NotVerifiedCode,
        $"A fix follows from the log, but it was tried on the database and rolled back, and does not hold: {reason}",
        "Look at the schema and write the change yourself, or mend what stands in its way.",
        "logSnippet");

    public static NexusException TrialTooLong(string sql) => new(
        "FIX_TRIAL_TOO_LONG",
        $"A fix follows from the log, but trying it took too long or waited for a lock, and was rolled back: {sql}",
        "Have it run when the table is idle, by somebody who can watch it.",
        "sourceId");

    public static NexusException Unconfirmed(QueryPreview preview) => new(
        "CONFIRMATION_REQUIRED",
        $"Applying the proposal changes the database, with risk {preview.Risk.ToString().ToUpperInvariant()}: {preview.Sql}",
        "Show the person the statement, and apply it again with confirmed: true once they agree.",
        "confirmed")
    { Details = [preview] };

    public static NexusException NotFound() => new(
        "PROPOSAL_NOT_FOUND", "There is no such proposal.", "Ask for a new one with nexusai_db_propose_fix.", "proposalId");

    public static NexusException OtherSource(Guid made) => new(
        "PROPOSAL_SOURCE_MISMATCH",
        "The proposal was made for another source.",
        $"Apply it to sourceId {made}, or ask for a proposal for this one.",
        "sourceId");

    public static NexusException Expired() => new(
        "PROPOSAL_EXPIRED", "The proposal is too old to be applied.", "Ask for a new one with nexusai_db_propose_fix.", "proposalId");

    public static NexusException Applied() => new(
        "PROPOSAL_APPLIED", "The proposal has been applied already.", "Try the statement that failed again.", "proposalId");

    public static NexusException InProgress() => new(
        "PROPOSAL_IN_PROGRESS",
        "The proposal is being applied, or the server was interrupted while it was.",
        "Wait, then look at the schema. If the change isn't there some minutes later, apply the proposal again.",
        "proposalId");

    public static NexusException Unknown() => new(
        "PROPOSAL_OUTCOME_UNKNOWN",
        "Applying the proposal was interrupted, and the database has changed since: it may have been applied.",
        "Look at the schema; if the error is still there, ask for a new proposal.",
        "proposalId");

    public static NexusException SchemaChanged() => new(
        "SCHEMA_CHANGED",
        "What the proposal is about has changed since it was made.",
        "Ask for a new one with nexusai_db_propose_fix.",
        "proposalId");
}
