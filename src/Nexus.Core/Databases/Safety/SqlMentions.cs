namespace Nexus.Core.Databases.Safety;

/// <summary>The names in a statement that stand for something in the catalog.</summary>
/// <param name="Written">The relations among <paramref name="Relations"/> that it writes to.</param>
public sealed record SqlMentions(
    IReadOnlyList<SqlFunction> Functions, IReadOnlyList<SqlName> Relations, IReadOnlyList<SqlName> Written,
    IReadOnlyList<SqlName> Operators, IReadOnlyList<SqlName> Types)
{
    public static SqlMentions None { get; } = new([], [], [], [], []);
}
