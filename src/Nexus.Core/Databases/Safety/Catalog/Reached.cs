namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>How a statement comes to a function.</summary>
/// <param name="By">The view, function or domain that leads there; null where the statement names it itself.</param>
/// <param name="IsImplied">It may be used unasked, as a cast is, or not at all: reason enough for a refusal, not for calling a read a write.</param>
internal sealed record Reached(string? By, int? Arguments, int? Position, bool IsImplied = false)
{
    public SqlRefusal Refuse(string rule, string message, string hint) => new(rule, By is null ? message : $"{By}: {message}", hint, Position);
}
