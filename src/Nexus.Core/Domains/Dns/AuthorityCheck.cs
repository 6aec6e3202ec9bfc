using DnsClient;

namespace Nexus.Core.Domains.Dns;

/// <summary>Whether the domain's CAA records allow the certificate authority (RFC 8659 §3: the nearest set above the name counts).</summary>
internal sealed class AuthorityCheck(DnsResolvers resolvers, DomainOptions options)
{
    private const string IssueTag = "issue";

    public async Task<IReadOnlyList<string>> LookAsync(string domain, CancellationToken cancellationToken)
    {
        if (options.CertificateAuthority is not { } authority) return [];
        for (var name = domain; name.Contains('.'); name = name[(name.IndexOf('.') + 1)..])
        {
            var records = (await resolvers.AskAsync(name, QueryType.CAA, cancellationToken)).Values;
            if (records.Count > 0) return Judge(name, records, authority);
        }

        return [];
    }

    private static IReadOnlyList<string> Judge(string name, IReadOnlyList<string> records, string authority)
    {
        var issuers = records.Select(record => record.Split(' ', 3))
            .Where(parts => parts is [_, IssueTag, _])
            .Select(parts => parts[2].Split(';')[0].Trim())
            .ToList();
        return issuers.Count == 0 || issuers.Contains(authority, StringComparer.OrdinalIgnoreCase)
            ? []
            : [$"CAA records of {name} forbid certificates by {authority}. Add: {name} CAA 0 issue \"{authority}\""];
    }
}
