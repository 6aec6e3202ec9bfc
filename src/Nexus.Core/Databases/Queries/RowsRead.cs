using Npgsql;

namespace Nexus.Core.Databases.Queries;

/// <summary>Rows as the server wrote them, as many as fit.</summary>
internal sealed class RowsRead(IReadOnlyList<RawColumn> columns)
{
    public IReadOnlyList<RawColumn> Columns => columns;

    public RowBuffer Values { get; } = new(QueryLimits.MostBytes);

    public int Count { get; private set; }

    /// <summary>Whether the server had more.</summary>
    public bool Truncated { get; private set; }

    /// <summary>How many rows the statement wrote; -1 where it is none that writes.</summary>
    public int Affected { get; set; } = -1;

    /// <summary>False when there are more rows than these.</summary>
    public async Task<bool> TryReadAsync(NpgsqlDataReader reader, int maxRows, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            if (Count == maxRows || !await TryReadRowAsync(reader, cancellationToken))
            {
                Truncated = true;
                return false;
            }

            Count++;
        }

        return true;
    }

    private async Task<bool> TryReadRowAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var before = Values.Values;
        for (var i = 0; i < columns.Count; i++)
        {
            if (await reader.IsDBNullAsync(i, cancellationToken))
            {
                Values.AddNull();
                continue;
            }

            await using var value = await reader.GetStreamAsync(i, cancellationToken);
            if (await Values.TryAddAsync(value, cancellationToken)) continue;
            Values.DropTo(before);
            return false;
        }

        return true;
    }
}
