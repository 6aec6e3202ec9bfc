namespace Nexus.Core.Databases.Queries;

/// <summary>The values of rows as the server wrote them, in one piece of memory, so that a million small ones cost no more than their bytes.</summary>
internal sealed class RowBuffer(int mostBytes)
{
    private const int Null = -1;
    private const int Chunk = 8192;
    private readonly List<int> _lengths = [];
    private byte[] _bytes = [];
    private int _used;

    public int Values => _lengths.Count;

    public void AddNull() => _lengths.Add(Null);

    /// <summary>False, with nothing kept, when the value is too long for what is left.</summary>
    public async Task<bool> TryAddAsync(Stream value, CancellationToken cancellationToken)
    {
        var start = _used;
        while (true)
        {
            Reserve();
            var read = await value.ReadAsync(_bytes.AsMemory(_used, Chunk), cancellationToken);
            if (read == 0) break;
            _used += read;
            if (_used <= mostBytes) continue;
            _used = start;
            return false;
        }

        _lengths.Add(_used - start);
        return true;
    }

    /// <summary>Gives up the values of a row that didn't fit whole.</summary>
    public void DropTo(int values)
    {
        _used -= _lengths.Skip(values).Where(length => length != Null).Sum();
        _lengths.RemoveRange(values, _lengths.Count - values);
    }

    /// <summary>All values in order; a null has no bytes and says so.</summary>
    public IEnumerable<RawValue> All()
    {
        var start = 0;
        foreach (var length in _lengths)
        {
            if (length == Null)
            {
                yield return new(IsNull: true, default);
                continue;
            }

            yield return new(IsNull: false, _bytes.AsMemory(start, length));
            start += length;
        }
    }

    private void Reserve()
    {
        if (_bytes.Length - _used < Chunk) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + Chunk));
    }
}

/// <summary>One value in PostgreSQL's text form, UTF-8.</summary>
internal readonly record struct RawValue(bool IsNull, ReadOnlyMemory<byte> Text);
