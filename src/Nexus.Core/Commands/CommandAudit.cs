using Nexus.Core.Access;
using Nexus.Core.Audit;
using Nexus.Core.Storage;

namespace Nexus.Core.Commands;

/// <summary>Writes the audit of commands: of those that were done in their own transaction, of those that were refused beside it.</summary>
public sealed class CommandAudit(AuditChains chains, AuditLog log)
{
    internal Task RecordSuccessAsync(
        NexusDbContext db, Actor actor, Command command, CommandContext context, CancellationToken cancellationToken) =>
        chains.AppendAsync(db, Entry(actor, command, context).ToRecord(context.Now), cancellationToken);

    /// <summary>Of what was done outside of our database, and so in no transaction of ours.</summary>
    internal Task RecordDeedAsync(Actor actor, Command command, string target, CancellationToken cancellationToken) =>
        log.WriteAsync(Entry(actor, command) with { Target = target }, cancellationToken);

    /// <summary>Whoever hangs up has been refused all the same.</summary>
    internal Task RecordRefusalAsync(Actor actor, Command command, NexusException refusal)
    {
        refusal.IsAudited = true;
        return log.WriteAsync(Entry(actor, command) with { Outcome = refusal.Code }, CancellationToken.None);
    }

    private static AuditEntry Entry(Actor actor, Command command, CommandContext context)
    {
        var entry = Entry(actor, command) with { Target = context.Target };
        return context.Audited is { } audited ? entry with { Arguments = audited } : entry;
    }

    private static AuditEntry Entry(Actor actor, Command command) =>
        AuditEntry.By(actor, command.Operation) with { Arguments = command.AuditedArguments ?? command.Arguments };
}
