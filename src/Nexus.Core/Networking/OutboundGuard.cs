using System.Net;
using System.Net.Sockets;

namespace Nexus.Core.Networking;

/// <summary>
/// Opens connections to places that strangers name: to public addresses only, or to hosts that the operator allows.
/// The address that was judged is the one that is connected to, so a name that changes its mind in between gains nothing.
/// </summary>
public sealed class OutboundGuard(OutboundOptions options)
{
    /// <summary>The addresses of a host, each of which may be connected to.</summary>
    /// <exception cref="NexusException"><c>HOST_NOT_FOUND</c>; <c>ADDRESS_NOT_PUBLIC</c>: one of them isn't public.</exception>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await LookUpAsync(host, cancellationToken);
        if (IsAllowed(host)) return addresses;
        return addresses.All(address => PublicAddress.Is(address) || IsAllowed(address))
            ? addresses
            : throw new NexusException(
                "ADDRESS_NOT_PUBLIC",
                $"{host} has an address that is not public.",
                $"Use a host on the public internet, or have the operator add it to {options.Setting}.");
    }

    /// <summary>Connects to the first of the host's addresses that answers.</summary>
    /// <exception cref="NexusException">As <see cref="ResolveAsync"/>.</exception>
    /// <exception cref="SocketException">None answers.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(target.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses], target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An HTTP handler that goes nowhere else: no redirects, no proxy, no cookies, no credentials.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null, // Our traces are nobody else's business.
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        SslOptions = new() { RemoteCertificateValidationCallback = ExtraAuthorities.Callback(options.AuthoritiesFile) },
    };

    private bool IsAllowed(IPAddress address) => options.AllowedNetworks.Any(network => network.Contains(address));

    private bool IsAllowed(string host) => options.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new NexusException("HOST_NOT_FOUND", $"{host} has no address.", "Check the name, and whether DNS knows it.");
        }
    }
}
