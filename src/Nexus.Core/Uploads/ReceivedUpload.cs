using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Uploads;

/// <summary>An archive that is whole, judged, and on this server's disk until it is disposed of.</summary>
internal sealed class ReceivedUpload(FileStream archive, SourceFolder folder, IDisposable turn) : IAsyncDisposable
{
    public Stream Archive => archive;

    public required int Files { get; init; }

    public required string Sha256 { get; init; }

    public async ValueTask DisposeAsync()
    {
        await archive.DisposeAsync();
        folder.Dispose();
        turn.Dispose();
    }
}
