namespace Nexus.Ingress.Certificates;

/// <summary>What the authority refused, in its words (RFC 8555 §6.7).</summary>
internal sealed class AcmeException(string type, string detail, TimeSpan? retryAfter = null) : Exception($"{type}: {detail}")
{
    private const string Prefix = "urn:ietf:params:acme:error:";
    private static readonly TimeSpan WaitWhenLimited = TimeSpan.FromHours(1);

    public bool IsBadNonce => type == Prefix + "badNonce";

    /// <summary>How long to stay away; an authority that limits and doesn't say gets an hour.</summary>
    public TimeSpan? RetryAfter => retryAfter ?? (type == Prefix + "rateLimited" ? WaitWhenLimited : null);
}
