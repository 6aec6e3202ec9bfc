using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Connections;
using Nexus.Core.Secrets;

namespace Nexus.Core.Databases.Sources;

/// <summary>What can be done to sources. Passwords go in and don't come out; audit and idempotency keep a keyed digest at most.</summary>
public sealed class SourceCommands(
    CommandDoor door, SourceQueries queries, SourceTester tester, SourcePasswords passwords, VaultCipher cipher)
{
    /// <summary>Registers a source that could be connected to.</summary>
    public Task<SourceResult> ConnectAsync(
        Actor actor, ConnectSource asked, CommandOptions options, CancellationToken cancellationToken)
    {
        // What somebody takes for a host may be a whole URL, with the password in it.
        var named = new { asked.Name, asked.Engine, Host = SourceRules.IsHost(asked.Host) ? asked.Host : "(no host name)", asked.Port, asked.DatabaseName, asked.Username, asked.SslMode };
        var command = new Command(
            Operation.ConnectDatabaseSource, new { named, digest = cipher.Digest(asked.Password) }, options)
        { AuditedArguments = named };
        return door.ExecuteAsync(actor, command, token => TryOutAsync(actor, asked, token), async (test, context, token) =>
        {
            await CheckFreeAsync(asked.Name, context, token);
            var source = New(asked, context);
            context.Target = source.Id.ToString();
            context.Db.Add(source);
            return new SourceResult(SourceSummary.Of(source), options.DryRun, Made(asked), test);
        }, cancellationToken);
    }

    /// <summary>Removes a source, its password and what was proposed for it. The database itself is left alone.</summary>
    public Task<SourceResult> DeleteAsync(Actor actor, Guid id, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.DeleteDatabaseSource, new { sourceId = id }, options), async (context, token) =>
        {
            var source = await context.Db.DatabaseSources.GetAsync(actor, id, token);
            context.Target = source.Id.ToString();
            context.Db.Remove(source);
            return new SourceResult(SourceSummary.Of(source), options.DryRun, [new("source", source.Name)]);
        }, cancellationToken);

    /// <summary>Connects to a source and says how that went.</summary>
    public async Task<SourceTest> TestAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.TestDatabaseSource);
        var source = await queries.GetAsync(actor, id, cancellationToken);
        return await tester.TestAsync(SourceTarget.Of(source, passwords.Open(source)), source.Id, cancellationToken);
    }

    private Task<SourceTest> TryOutAsync(Actor actor, ConnectSource asked, CancellationToken cancellationToken)
    {
        SourceRules.Check(asked);
        return tester.TestAsync(SourceTarget.Of(asked), slot: actor.OrganizationId, cancellationToken);
    }

    private DatabaseSource New(ConnectSource asked, CommandContext context)
    {
        var id = Guid.CreateVersion7(context.Now);
        var (keyId, box) = passwords.Seal(context.Actor.OrganizationId, id, asked.Name, asked.Password);
        return new()
        {
            Id = id,
            OrganizationId = context.Actor.OrganizationId,
            Name = asked.Name,
            Engine = asked.Engine,
            Host = asked.Host,
            Port = asked.Port,
            DatabaseName = asked.DatabaseName,
            Username = asked.Username,
            SslMode = asked.SslMode,
            KeyId = keyId,
            Sealed = box,
            CreatedBy = context.Actor.UserId,
            CreatedAt = context.Now,
        };
    }

    private static IReadOnlyList<Change> Made(ConnectSource asked) =>
    [
        new("name", After: asked.Name),
        new("address", After: $"{asked.Username}@{asked.Host}:{asked.Port}/{asked.DatabaseName}"),
        new("password", After: "(hidden)"),
    ];

    private static async Task CheckFreeAsync(string name, CommandContext context, CancellationToken cancellationToken)
    {
        var taken = await context.Db.DatabaseSources.VisibleTo(context.Actor)
            .FirstOrDefaultAsync(source => source.Name == name, cancellationToken);
        if (taken is not null) throw SourceErrors.Exists(name, taken.Id);
    }
}
