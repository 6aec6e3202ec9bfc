using Nexus.Core.Databases.Safety;

namespace Nexus.Core.Databases.Queries;

/// <summary>What would become of a statement.</summary>
/// <param name="Allowed">Whether it may run at all; the refusals say why not.</param>
/// <param name="NeedsConfirmation">Whether it is more than a read, and so wants databases:write and confirmed.</param>
/// <param name="Reasons">Why the risk is what it is, and what makes it more than a read.</param>
/// <param name="Sql">What would be sent: the statement as PostgreSQL's parser prints it back.</param>
/// <param name="Plan">EXPLAIN, where the statement has a plan.</param>
public sealed record QueryPreview(
    bool Allowed, StatementKind Kind, bool NeedsConfirmation, RiskLevel Risk, IReadOnlyList<string> Reasons, IReadOnlyList<string> Tables,
    IReadOnlyList<SqlRefusal> Refusals, string? Sql = null, string? Plan = null)
{
    internal static QueryPreview Of(SqlVerdict verdict, string? plan = null) => new(
        !verdict.IsRefused, verdict.Kind, verdict.NeedsConfirmation, verdict.Risk, [.. verdict.RiskReasons, .. verdict.Effects],
        verdict.Tables, verdict.Refusals, verdict.Canonical, plan);
}
