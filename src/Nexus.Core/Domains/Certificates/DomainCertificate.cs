namespace Nexus.Core.Domains.Certificates;

/// <summary>When to try for the certificate of a verified domain. It goes with the domain, and what was issued with it.</summary>
public sealed class DomainCertificate
{
    public required Guid DomainId { get; init; }
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Attempts in a row that failed, for the back-off.</summary>
    public int Failures { get; set; }

    public string? LastError { get; set; }

    // The node that orders it now, and until when.
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}
