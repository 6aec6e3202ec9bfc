namespace Nexus.Core.Databases.Safety;

/// <summary>What the safety layer makes of a statement.</summary>
public sealed record SqlVerdict
{
    /// <summary>Every reason against it; none where it may run.</summary>
    public required IReadOnlyList<SqlRefusal> Refusals { get; init; }

    public required StatementKind Kind { get; init; }

    /// <summary>Whether it only reads, as far as is known; <see cref="CatalogCheck"/> knows more.</summary>
    public required bool IsRead { get; init; }

    /// <summary>Why it isn't a read, beyond its kind.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    public required RiskLevel Risk { get; init; }

    /// <summary>Why the risk is what it is.</summary>
    public IReadOnlyList<string> RiskReasons { get; init; } = [];

    /// <summary>The tables and views that it touches, as written.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>What is to be looked up in the catalog.</summary>
    public SqlMentions Mentions { get; init; } = SqlMentions.None;

    /// <summary>The statement as the parser prints it back from its tree: what is to be run. Null where it is refused.</summary>
    public string? Canonical { get; init; }

    public bool IsRefused => Refusals.Count > 0;

    public bool NeedsConfirmation => !IsRead;

    /// <exception cref="NexusException"><c>SQL_REFUSED</c> with every reason.</exception>
    public void Check()
    {
        if (!IsRefused) return;
        throw new NexusException(
            "SQL_REFUSED", "The statement is not allowed: " + string.Join(" ", Refusals.Take(10).Select(one => one.Message)),
            string.Join(" ", Refusals.Select(one => one.Hint).Distinct().Take(10)), "sql")
        { Details = Refusals };
    }
}
