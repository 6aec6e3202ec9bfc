using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Projects;
using Nexus.Core.Storage;

namespace Nexus.Core.Commands;

/// <summary>Idempotency: remembers what was done under a <c>requestId</c> for 24 hours, per person.</summary>
public sealed class CommandRecords(TimeProvider time)
{
    internal static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    internal static void CheckRequestId(string? requestId)
    {
        if (requestId is { Length: 0 or > CommandOptions.LongestRequestId })
        {
            throw new NexusException(
                "INVALID_REQUEST_ID",
                $"requestId has {requestId.Length} characters; 1 to {CommandOptions.LongestRequestId} are wanted.",
                "Use a fresh UUID for each new request, and the same one to repeat it.",
                "requestId");
        }
    }

    internal async Task<TResult?> FindResultAsync<TResult>(
        NexusDbContext db, Actor actor, Command command, CancellationToken cancellationToken) where TResult : class
    {
        if (command.Options.RequestId is not { } requestId) return null;

        var record = await db.CommandRecords.FirstOrDefaultAsync(
            record => record.OrganizationId == actor.OrganizationId
                && record.UserId == actor.UserId
                && record.RequestId == requestId,
            cancellationToken);
        if (record is null) return null;
        if (record.CreatedAt + Kept < time.GetUtcNow())
        {
            db.CommandRecords.Remove(record);
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }

        if (record.Fingerprint != command.Fingerprint)
        {
            throw new NexusException(
                "REQUEST_ID_CONFLICT",
                "This requestId was used in the last 24 hours with other arguments.",
                "Use a new requestId for a new request.",
                "requestId");
        }

        if (record.IsBegun) throw Begun();
        if (record.ProjectId is { } project && !actor.Sees(project)) throw ProjectErrors.NotFound();
        return JsonSerializer.Deserialize<TResult>(record.Result, JsonSerializerOptions.Web);
    }

    internal static void Add<TResult>(CommandContext context, Command command, TResult result)
    {
        if (command.Options.RequestId is not { } requestId) return;
        var record = New(context.Db, context.Actor, command, requestId, context.Now);
        record.ProjectId = context.ProjectId;
        record.Complete(result);
    }

    /// <summary>Takes the request id before anything is done.</summary>
    internal static void Claim(NexusDbContext db, Actor actor, Command command, DateTimeOffset now) =>
        New(db, actor, command, command.Options.RequestId!, now);

    /// <summary>The record of this very request.</summary>
    internal static IQueryable<CommandRecord> Own(NexusDbContext db, Actor actor, Command command)
    {
        var requestId = command.Options.RequestId;
        return db.CommandRecords.Where(record => record.OrganizationId == actor.OrganizationId
            && record.UserId == actor.UserId && record.RequestId == requestId);
    }

    internal static NexusException Begun() => new(
        "REQUEST_IN_PROGRESS",
        "This request was begun before, and its end is not known: it still runs, or the server was interrupted.",
        "Wait and ask again, or look at the data before you send a new request.",
        "requestId");

    private static CommandRecord New(NexusDbContext db, Actor actor, Command command, string requestId, DateTimeOffset now)
    {
        var record = new CommandRecord
        {
            OrganizationId = actor.OrganizationId,
            UserId = actor.UserId,
            RequestId = requestId,
            Operation = command.Operation.ToString(),
            Fingerprint = command.Fingerprint,
            Result = "",
            CreatedAt = now,
        };
        db.CommandRecords.Add(record);
        return record;
    }
}
