namespace Nexus.Core.Tests.Uploads;

/// <summary>A body that ends in another way than with its last byte.</summary>
internal sealed class BrokenBody(int bytes, Func<CancellationToken, Task> ending) : MemoryStream
{
    private int _left = bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0) await ending(cancellationToken);
        var read = Math.Min(_left, buffer.Length);
        _left -= read;
        return read;
    }
}
