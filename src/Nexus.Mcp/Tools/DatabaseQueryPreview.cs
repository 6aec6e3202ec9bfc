using Nexus.Core.Databases.Queries;
using Nexus.Core.Databases.Safety;

namespace Nexus.Mcp.Tools;

/// <summary>What would become of a statement; the refusals as text, which is how they are read.</summary>
internal sealed record DatabaseQueryPreview(
    bool Allowed, StatementKind Kind, bool NeedsConfirmation, RiskLevel Risk, IReadOnlyList<string> Reasons, IReadOnlyList<string> Tables,
    IReadOnlyList<string> Refusals, string? Sql = null, string? Plan = null)
{
    public static DatabaseQueryPreview From(QueryPreview preview) => new(
        preview.Allowed, preview.Kind, preview.NeedsConfirmation, preview.Risk, preview.Reasons, preview.Tables,
        [.. preview.Refusals.Select(Text)], preview.Sql, preview.Plan);

    private static string Text(SqlRefusal refusal)
    {
        var where = refusal.Position is { } position ? $" (at character {position})" : "";
        return $"{refusal.Rule}: {refusal.Message}{where} {refusal.Hint}";
    }
}
