namespace Nexus.Core.Sources.Folders;

/// <summary>A file of a source while it is written.</summary>
internal sealed class SourceFile(FileStream stream, SourceWriter writer) : IAsyncDisposable
{
    /// <exception cref="NexusException">With these the source is too large; they are not written.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        writer.Count(bytes.Length);
        return stream.WriteAsync(bytes, cancellationToken);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
