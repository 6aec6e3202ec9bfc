using Nexus.Core.Commands;

namespace Nexus.Core.Domains;

/// <summary>A record that the domain's DNS has to hold.</summary>
public sealed record DnsRecord(string Type, string Name, string Value);

/// <summary>A domain as callers see it.</summary>
public sealed record DomainSummary(Guid Id, string Domain, bool Verified, IReadOnlyList<DnsRecord> Records)
{
    internal static DomainSummary Of(CustomDomain domain, IReadOnlyList<DnsRecord> records) =>
        new(domain.Id, domain.Name, domain.VerifiedAt is not null, records);
}

/// <summary>What a command did to a domain, or with a dry run would do.</summary>
public sealed record DomainResult(DomainSummary Domain, bool DryRun, IReadOnlyList<Change> Plan);

/// <summary>A wanted record, and what the resolvers found in its place.</summary>
public sealed record RecordFinding(string Type, string Name, string Wanted, IReadOnlyList<string> Found, bool Ok);

/// <summary>What DNS says of a domain, and what that made of it.</summary>
public sealed record DomainVerification(
    bool Verified, IReadOnlyList<RecordFinding> Records, IReadOnlyList<string> Advice, bool DryRun, IReadOnlyList<Change> Plan);
