using System.Security.Cryptography;
using Nexus.Core.Sources.Archives;
using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Uploads;

/// <summary>Takes an archive in, to a file as it is read from its end, and judges it. Whatever goes wrong, nothing of it stays.</summary>
internal sealed class UploadIntake(UploadRoom room, UploadTurns turns, SourceFolders folders, ZipSource zips, UploadOptions options, TimeProvider time)
{
    private const int NoSpace = 28; // ENOSPC

    /// <param name="organizationId">Whose it will be.</param>
    /// <param name="body">What comes.</param>
    /// <param name="length">How much that is, where it is known before.</param>
    /// <param name="cancellationToken">Also of the sender hanging up.</param>
    /// <exception cref="NexusException">There is no room, it doesn't come in time, or it isn't what can be built from.</exception>
    public async Task<ReceivedUpload> ReceiveAsync(Guid organizationId, Stream body, long? length, CancellationToken cancellationToken)
    {
        zips.CheckPacked(length ?? 0);
        await room.CheckAsync(organizationId, length ?? 0, cancellationToken);
        using var late = new CancellationTokenSource(options.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var turn = turns.Take(organizationId);
        try
        {
            return await ReceiveAsync(body, turn, either.Token);
        }
        catch (Exception failure)
        {
            turn.Dispose();
            if (failure is OperationCanceledException && late.IsCancellationRequested && !cancellationToken.IsCancellationRequested) throw UploadErrors.Timeout();
            if (failure is IOException { HResult: NoSpace }) throw UploadErrors.DiskFull();
            throw;
        }
    }

    private async Task<ReceivedUpload> ReceiveAsync(Stream body, IDisposable turn, CancellationToken cancellationToken)
    {
        var folder = folders.Create();
        FileStream? archive = null;
        try
        {
            archive = await zips.SaveAsync(body, folder, cancellationToken);
            if (archive.Length == 0) throw SourceKind.Archive.Empty();
            var files = await zips.JudgeAsync(archive, cancellationToken);
            archive.Position = 0;
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(archive, cancellationToken));
            return new(archive, folder, turn) { Files = files, Sha256 = hash };
        }
        catch
        {
            if (archive is not null) await archive.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }
}
