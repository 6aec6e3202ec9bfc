using System.Text.Json;

namespace Nexus.Core.Commands;

/// <summary>A command that was done under a <c>requestId</c>, and its result, so that the same request is not done twice.</summary>
public sealed class CommandRecord
{
    public required Guid OrganizationId { get; init; }
    public required Guid UserId { get; init; }
    public required string RequestId { get; init; }

    /// <summary>The project that the command acted in; null where it acted in none.</summary>
    public Guid? ProjectId { get; set; }

    public required string Operation { get; init; }

    /// <summary>SHA-256 of the operation and its arguments, in hex.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Empty while what was begun outside of our database has no end that we know of.</summary>
    public required string Result { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal bool IsBegun => Result.Length == 0;

    internal void Complete<TResult>(TResult result) => Result = JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
}
