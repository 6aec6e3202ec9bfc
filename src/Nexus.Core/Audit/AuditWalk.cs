namespace Nexus.Core.Audit;

/// <summary>
/// Goes along a chain and notes what doesn't fit. After a record that was changed it goes on from the hash that stands there, so that
/// each change is found by itself.
/// </summary>
internal sealed class AuditWalk(long startSequence, string startHash, List<AuditFinding> findings)
{
    private long _sequence = startSequence;
    private string _hash = startHash;

    public void Take(AuditRecord record)
    {
        if (record.Sequence != _sequence + 1)
        {
            findings.Add(record.Sequence > _sequence
                ? new(_sequence + 1, $"{Missing(_sequence + 1, record.Sequence - 1)} before record {record.Sequence}")
                : new(record.Sequence, $"record {record.Sequence} stands there although it was removed"));
        }
        else if (AuditHash.Of(record, _hash) != record.Hash)
        {
            findings.Add(new(record.Sequence, $"record {record.Sequence} was changed, or stands at another place than it was written"));
        }

        (_sequence, _hash) = (record.Sequence, record.Hash);
    }

    public void End(AuditChain chain)
    {
        if (_sequence < chain.Sequence) findings.Add(new(_sequence + 1, $"{Missing(_sequence + 1, chain.Sequence)} at the end"));
        else if (_hash != chain.Hash) findings.Add(new(_sequence, $"record {_sequence} is not the one that was written last"));
    }

    private static string Missing(long from, long to) =>
        from == to ? $"record {from} is missing" : $"records {from} to {to} are missing";
}
