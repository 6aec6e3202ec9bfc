namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>What the catalog adds to a verdict.</summary>
internal sealed class CatalogFindings
{
    public List<SqlRefusal> Refusals { get; } = [];

    public HashSet<string> Effects { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Notes { get; } = new(StringComparer.Ordinal);

    public SqlVerdict AddTo(SqlVerdict verdict) => verdict with
    {
        Refusals = [.. verdict.Refusals.Concat(Refusals.Distinct()).OrderBy(one => one.Position)],
        Effects = [.. verdict.Effects.Concat(Effects).Distinct()],
        IsRead = verdict.IsRead && Effects.Count == 0 && Refusals.Count == 0,
        RiskReasons = [.. verdict.RiskReasons.Concat(Notes)],
        Canonical = Refusals.Count == 0 ? verdict.Canonical : null,
    };
}
