using Nexus.Core.Access;
using Nexus.Core.Commands;

namespace Nexus.Core.Uploads;

/// <summary>Takes archives in, to be deployed by what <see cref="UploadReceipt.RepoUrl"/> says.</summary>
public sealed class UploadCommands
{
    private readonly CommandDoor _door;
    private readonly UploadIntake _intake;
    private readonly UploadRoom _room;

    internal UploadCommands(CommandDoor door, UploadIntake intake, UploadRoom room) => (_door, _intake, _room) = (door, intake, room);

    /// <summary>Receives, judges and keeps an archive. It is read as it comes and never held in memory.</summary>
    /// <param name="actor">Whose organisation it will belong to.</param>
    /// <param name="body">A zip.</param>
    /// <param name="length">How long it says it is.</param>
    /// <param name="cancellationToken">Also of the sender hanging up.</param>
    /// <exception cref="NexusException">The actor may not, there is no room, or it isn't what can be built from.</exception>
    public async Task<UploadReceipt> ReceiveAsync(Actor actor, Stream body, long? length, CancellationToken cancellationToken)
    {
        ReceivedUpload? received = null;
        try
        {
            return await _door.ExecuteAsync(
                actor, new(Operation.UploadSource, new { length }, CommandOptions.None),
                async token => received = await _intake.ReceiveAsync(actor.OrganizationId, body, length, token),
                KeepAsync, cancellationToken);
        }
        finally
        {
            if (received is not null) await received.DisposeAsync();
        }
    }

    private async Task<UploadReceipt> KeepAsync(ReceivedUpload received, CommandContext context, CancellationToken cancellationToken)
    {
        var upload = new Upload
        {
            Id = Guid.CreateVersion7(context.Now),
            OrganizationId = context.Actor.OrganizationId,
            UploadedBy = context.Actor.UserId,
            Bytes = received.Archive.Length,
            Files = received.Files,
            Sha256 = received.Sha256,
            CreatedAt = context.Now,
            ExpiresAt = context.Now + Upload.Kept,
        };
        await UploadStore.WriteAsync(context.Db, upload, received.Archive, cancellationToken);
        await _room.CheckAsync(context, cancellationToken);
        context.Target = upload.Id.ToString();
        context.Audited = new { upload.Bytes, upload.Files, upload.Sha256 };
        return new(upload.Id, UploadReference.To(upload.Id), upload.Bytes, upload.Files, upload.ExpiresAt);
    }
}
