namespace Nexus.Ingress.Certificates;

/// <summary>Where certificates come from.</summary>
public sealed record CertificateOptions
{
    /// <summary>The authority's directory (RFC 8555 §7.1.1).</summary>
    public Uri Directory { get; init; } = new("https://acme-v02.api.letsencrypt.org/directory");

    /// <summary>Where the authority writes to about its certificates; null for nowhere.</summary>
    public string? Email { get; init; }

    /// <summary>How soon a due certificate is ordered, and one that another node got is used.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);
}
