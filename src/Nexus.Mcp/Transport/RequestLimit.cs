using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Nexus.Core.Access;

namespace Nexus.Mcp.Transport;

/// <summary>How many requests a person may make through one client. Bursts of a tenth of a minute's worth pass. Each node counts for itself.</summary>
internal sealed class RequestLimit(McpOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<Actor>? _limiter = options.RequestsPerMinute is { } perMinute ? Create(perMinute) : null;

    /// <summary>Counts the request; the refusal of one too many says when to come back.</summary>
    public Refusal? Check(Actor actor)
    {
        if (_limiter is null) return null;
        using var lease = _limiter.AttemptAcquire(actor);
        if (lease.IsAcquired) return null;
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        return new(StatusCodes.Status429TooManyRequests, Refusal.NotAccepted, "Too many requests.")
        {
            RetryAfter = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds))),
            Hint = "Wait as long as Retry-After says; nexusai_deploy_status with waitSeconds waits for a rollout in one request.",
        };
    }

    public void Dispose() => _limiter?.Dispose();

    private static PartitionedRateLimiter<Actor> Create(int perMinute) => PartitionedRateLimiter.Create<Actor, (Guid, string)>(
        actor => RateLimitPartition.GetTokenBucketLimiter((actor.UserId, actor.ClientId), _ => new()
        {
            TokenLimit = Math.Max(1, perMinute / 10),
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = perMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1.0 / perMinute),
            QueueLimit = 0,
        }));
}
