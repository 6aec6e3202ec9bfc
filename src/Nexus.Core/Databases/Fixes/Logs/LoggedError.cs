namespace Nexus.Core.Databases.Fixes.Logs;

/// <summary>An error of PostgreSQL's in a log, with the names that its message or its driver gave.</summary>
/// <param name="Index">The line that it stands in.</param>
internal sealed record LoggedError(string SqlState, string Line, int Index)
{
    public string? Schema { get; init; }

    /// <summary>The table that the error is about.</summary>
    public string? Relation { get; init; }

    /// <summary>What stood before the column: an alias or a table.</summary>
    public string? Qualifier { get; init; }

    public string? Column { get; init; }
    public string? Constraint { get; init; }
    public string? Type { get; init; }
    public string? Function { get; init; }

    /// <summary>The table that a foreign key refers to.</summary>
    public string? Parent { get; init; }

    /// <summary>The key's value that is missing there. Never SQL as it stands.</summary>
    public string? Value { get; init; }

    /// <summary>What a text was too long for.</summary>
    public string? Length { get; init; }

    /// <summary>The thing that permission was denied for, the type that a text was too long for, or that a row was to go which others refer to.</summary>
    public string? Kind { get; init; }

    /// <summary>The column that PostgreSQL itself thinks was meant, as <c>table.column</c>.</summary>
    public string? Meant { get; init; }

    /// <summary>Whether the statement is wrong in itself, so that no schema would help it.</summary>
    public bool IsOfStatement { get; init; }

    /// <summary>Whether each name is one that a person would give.</summary>
    public bool IsSound => Names.All(name => name is null || SqlIdentifier.IsSound(name));

    public string QualifiedRelation => $"{Schema ?? "public"}.{Relation}";

    private IReadOnlyList<string?> Names => [Schema, Relation, Qualifier, Column, Constraint, Type, Parent];
}
