using System.Text.Json;
using Nexus.Core.Access;

namespace Nexus.Core.Audit;

/// <summary>What is to be written into the audit.</summary>
public sealed record AuditEntry
{
    public const string Ok = "OK";

    public required string Operation { get; init; }

    /// <summary>Through what it was asked, e.g. <c>mcp</c> or <c>pages</c>.</summary>
    public required string Surface { get; init; }

    public Guid OrganizationId { get; init; } = AuditChain.Server;
    public Guid UserId { get; init; }
    public string ClientId { get; init; } = "";
    public string TokenId { get; init; } = "";
    public string? Target { get; init; }
    public string Outcome { get; init; } = Ok;

    /// <summary>Kept as JSON; never with anything secret in it.</summary>
    public object Arguments { get; init; } = new { };

    public static AuditEntry By(Actor actor, Operation operation) => new()
    {
        OrganizationId = actor.OrganizationId,
        UserId = actor.UserId,
        ClientId = actor.ClientId,
        TokenId = actor.TokenId,
        Surface = actor.Surface,
        Operation = operation.ToString(),
    };

    // PostgreSQL keeps microseconds; the hash binds what is kept.
    internal AuditRecord ToRecord(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)),
        OrganizationId = OrganizationId,
        UserId = UserId,
        ClientId = ClientId,
        TokenId = TokenId,
        Surface = Surface,
        Operation = Operation,
        Target = Target,
        Outcome = Outcome,
        Arguments = JsonSerializer.Serialize(Arguments, JsonSerializerOptions.Web),
    };
}
