using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Nexus.Core.Domains.Dns;

/// <summary>Asks each of the operator's resolvers the same question, and nobody else.</summary>
public sealed class DnsResolvers(DomainOptions options)
{
    private readonly LookupClient _client = new(new LookupClientOptions([.. options.Resolvers.Select(resolver => new NameServer(resolver))])
    {
        UseCache = false,
        Timeout = TimeSpan.FromSeconds(3),
        Retries = 1,
    });

    internal async Task<DnsAnswers> AskAsync(string name, QueryType type, CancellationToken cancellationToken) => new(
        await Task.WhenAll(options.Resolvers.Select(resolver => AskAsync(resolver, name, type, cancellationToken))));

    /// <summary>Null when the resolver doesn't answer, or can't.</summary>
    private async Task<IReadOnlyList<string>?> AskAsync(
        IPEndPoint resolver, string name, QueryType type, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.QueryServerAsync([new NameServer(resolver)], name, type, cancellationToken: cancellationToken);
            var answered = answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain;
            return answered ? [.. answer.Answers.Where(record => (int)record.RecordType == (int)type).Select(Text)] : null;
        }
        catch (DnsResponseException)
        {
            return null;
        }
    }

    private static string Text(DnsResourceRecord record) => record switch
    {
        AddressRecord address => address.Address.ToString(),
        CNameRecord alias => alias.CanonicalName.Value.TrimEnd('.').ToLowerInvariant(),
        TxtRecord text => string.Concat(text.Text),
        CaaRecord authorization => $"{authorization.Flags} {authorization.Tag.ToLowerInvariant()} {authorization.Value}",
        _ => record.ToString(),
    };
}

/// <summary>What the resolvers answered, one by one; null from those that didn't.</summary>
internal sealed record DnsAnswers(IReadOnlyList<IReadOnlyList<string>?> All)
{
    public IReadOnlyList<IReadOnlyList<string>> Given { get; } = [.. All.OfType<IReadOnlyList<string>>()];

    /// <summary>Every value that any of them knows.</summary>
    public IReadOnlyList<string> Values => [.. Given.SelectMany(values => values).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>More than half of them answered; fewer may all be wrong.</summary>
    public bool Enough => Given.Count * 2 > All.Count;

    /// <summary>Enough answered, and each of these so.</summary>
    public bool AllSay(Func<IReadOnlyList<string>, bool> so) => Enough && Given.All(so);

    public int CountOf(Func<IReadOnlyList<string>, bool> so) => Given.Count(so);
}
