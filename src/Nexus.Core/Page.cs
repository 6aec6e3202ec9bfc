namespace Nexus.Core;

/// <summary>One page of a list, newest first. <paramref name="NextCursor"/> is null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Which page: at most <see cref="Limit"/> items after the <see cref="Cursor"/> that the page before ended with.</summary>
public sealed record PageRequest(int Limit = PageRequest.DefaultLimit, string? Cursor = null)
{
    public const int DefaultLimit = 20;
    public const int HighestLimit = 100;

    /// <summary>The limit, or an error that names what is allowed.</summary>
    internal int CheckedLimit => Limit is >= 1 and <= HighestLimit
        ? Limit
        : throw new NexusException(
            "INVALID_LIMIT", $"limit is {Limit}; 1 to {HighestLimit} are allowed.", "Leave it out for 20.", "limit");

    /// <summary>
    /// The id that the page before ended with: ids are time-ordered (UUID version 7), so lists stay stable under inserts.
    /// </summary>
    internal Guid? CheckedCursor => Cursor switch
    {
        null => null,
        _ when Guid.TryParseExact(Cursor, "N", out var id) => id,
        _ => throw new NexusException(
            "INVALID_CURSOR", "cursor is not one that this list gave.", "Start again without a cursor.", "cursor"),
    };

    /// <summary>Cuts what was read with one item too many into a page.</summary>
    internal Page<T> Cut<T>(IReadOnlyList<T> read, Func<T, Guid> id) =>
        read.Count <= Limit ? new(read, null) : new([.. read.Take(Limit)], id(read[Limit - 1]).ToString("N"));
}
