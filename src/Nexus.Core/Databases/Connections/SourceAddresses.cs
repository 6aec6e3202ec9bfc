using System.Net;
using System.Net.NetworkInformation;
using Nexus.Core.Networking;

namespace Nexus.Core.Databases.Connections;

/// <summary>
/// Where a source may be: the rules of <see cref="OutboundGuard"/>, and not on this machine by its public address either.
/// Asked when a source is registered and again at every connection, which then goes to an address that was judged.
/// </summary>
public sealed class SourceAddresses
{
    internal const string Setting = "Nexus:Databases:AllowedHosts";

    private readonly IReadOnlyList<string> _allowedHosts;
    private readonly IReadOnlyList<IPNetwork> _allowedNetworks;
    private readonly OutboundGuard _guard;

    public SourceAddresses(ExternalDatabaseOptions options)
    {
        _allowedHosts = options.AllowedHosts;
        _allowedNetworks = [.. options.AllowedHosts.Select(NetworkOf).OfType<IPNetwork>()];
        _guard = new(new() { AllowedHosts = _allowedHosts, AllowedNetworks = _allowedNetworks, Setting = Setting });
    }

    /// <exception cref="NexusException"><c>HOST_NOT_FOUND</c>, <c>ADDRESS_NOT_PUBLIC</c>.</exception>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await _guard.ResolveAsync(host, cancellationToken);
        if (_allowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase)) return addresses;
        var own = OwnAddresses();
        return addresses.Any(address => own.Contains(address) && !_allowedNetworks.Any(network => network.Contains(address)))
            ? throw new NexusException(
                "ADDRESS_NOT_PUBLIC", $"{host} is this server itself.", $"Use another host, or have the operator add it to {Setting}.", "host")
            : addresses;
    }

    private static IPNetwork? NetworkOf(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;

    private static HashSet<IPAddress> OwnAddresses() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address),
    ];
}
