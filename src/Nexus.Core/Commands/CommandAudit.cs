using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Audit;
using Nexus.Core.Storage;

namespace Nexus.Core.Commands;

/// <summary>Writes the audit of commands: of those that were done in their own transaction, of those that were refused beside it.</summary>
public sealed class CommandAudit(IDbContextFactory<NexusDbContext> database, TimeProvider time)
{
    private const string Ok = "OK";

    internal void RecordSuccess(NexusDbContext db, Actor actor, Command command, CommandContext context) =>
        db.AuditRecords.Add(Record(actor, command, context.Target, Ok));

    internal async Task RecordRefusalAsync(Actor actor, Command command, string code, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        db.AuditRecords.Add(Record(actor, command, target: null, code));
        await db.SaveChangesAsync(cancellationToken);
    }

    private AuditRecord Record(Actor actor, Command command, string? target, string outcome)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            OrganizationId = actor.OrganizationId,
            UserId = actor.UserId,
            ClientId = actor.ClientId,
            TokenId = actor.TokenId,
            Surface = actor.Surface,
            Operation = command.Operation.ToString(),
            Target = target,
            Outcome = outcome,
            Arguments = JsonSerializer.Serialize(command.AuditedArguments ?? command.Arguments, JsonSerializerOptions.Web),
        };
    }
}
