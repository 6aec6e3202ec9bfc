using DnsClient;
using Nexus.Core.Sources;

namespace Nexus.Core.Domains.Dns;

/// <summary>Looks for one wanted record, and says what is in its way.</summary>
internal sealed class RecordCheck(DnsResolvers resolvers)
{
    private const int MostShown = 10;

    public async Task<RecordReport> LookAsync(DnsRecord wanted, CancellationToken cancellationToken)
    {
        var answers = await resolvers.AskAsync(wanted.Name, Enum.Parse<QueryType>(wanted.Type), cancellationToken);
        var others = wanted.Type == "TXT" ? [] : await OtherAddressesAsync(wanted, cancellationToken);
        // A domain that points here and elsewhere would answer here and elsewhere; of texts there may be many.
        bool Shows(IReadOnlyList<string> values) => values.Contains(wanted.Value) && (wanted.Type == "TXT" || values.Count == 1);
        var finding = new RecordFinding(
            wanted.Type, wanted.Name, wanted.Value, [.. answers.Values.Take(MostShown).Select(ShownText.Of)], answers.AllSay(Shows));
        return new(finding, RecordAdvice.For(wanted, answers, answers.CountOf(Shows), others));
    }

    /// <summary>Addresses beside the record: instead of an alias, or of the other family.</summary>
    private async Task<IReadOnlyList<string>> OtherAddressesAsync(DnsRecord wanted, CancellationToken cancellationToken)
    {
        var v6 = resolvers.AskAsync(wanted.Name, QueryType.AAAA, cancellationToken);
        if (wanted.Type != "CNAME") return (await v6).Values;
        var v4 = resolvers.AskAsync(wanted.Name, QueryType.A, cancellationToken);
        return [.. (await v4).Values, .. (await v6).Values];
    }
}

/// <summary>What was found of a record, and what to do about it.</summary>
internal sealed record RecordReport(RecordFinding Finding, IReadOnlyList<string> Advice);
