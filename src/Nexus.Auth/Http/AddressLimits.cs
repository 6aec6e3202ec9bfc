using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Http;

/// <summary>What one address may do in a minute. Each node counts for itself.</summary>
internal sealed class AddressLimits(AuthOptions options) : IDisposable
{
    /// <summary>For whoever tries to sign in too often.</summary>
    public const string TooManyAttempts = "Too many attempts from this address. Try again in a minute.";

    public AddressLimit Registrations { get; } = new(options.RegistrationsPerMinute);

    public AddressLimit SignIns { get; } = new(options.SignInsPerMinute);

    /// <summary>Metadata documents that have to be fetched because the address names them.</summary>
    public AddressLimit Documents { get; } = new(options.DocumentFetchesPerMinute);

    /// <summary>Device authorizations.</summary>
    public AddressLimit Devices { get; } = new(options.DevicesPerMinute);

    /// <summary>Codes of devices that are typed in.</summary>
    public AddressLimit UserCodes { get; } = new(options.UserCodesPerMinute);

    public void Dispose()
    {
        Registrations.Dispose();
        SignIns.Dispose();
        Documents.Dispose();
        Devices.Dispose();
        UserCodes.Dispose();
    }
}

/// <summary>A sliding minute for each address. An IPv6 customer has a whole /64, so that counts as one.</summary>
internal sealed class AddressLimit(int permits) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetSlidingWindowLimiter(address, _ => new()
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        }));

    /// <summary>Counts the request, and says whether it is one too many; the answer then says when to come back.</summary>
    public bool Refuses(HttpContext context) => Refuses(context, PartitionOf(context.Connection.RemoteIpAddress));

    /// <summary>The same for an account, wherever it is signed in.</summary>
    public bool Refuses(HttpContext context, Guid accountId) => Refuses(context, accountId.ToString());

    private bool Refuses(HttpContext context, string partition)
    {
        using var lease = _limiter.AttemptAcquire(partition);
        if (!lease.IsAcquired) context.Response.Headers.RetryAfter = "60";
        return !lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    private static string PartitionOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
