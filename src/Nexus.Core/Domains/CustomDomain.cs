namespace Nexus.Core.Domains;

/// <summary>
/// A domain name that an organisation claims for a deployment, and holds once its DNS has shown that it is theirs. What was held
/// is kept after its removal: DNS may still point here, and the next to claim it has to prove more than that.
/// </summary>
public sealed class CustomDomain
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid DeploymentId { get; init; }

    /// <summary>In lower case and punycode, without a dot at the end.</summary>
    public required string Name { get; init; }

    /// <summary>What the TXT record holds that proves the claim.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>An unverified claim counts until then.</summary>
    public required DateTimeOffset ClaimedUntil { get; init; }

    public DateTimeOffset? VerifiedAt { get; set; }
    public DateTimeOffset? RemovedAt { get; set; }
}
