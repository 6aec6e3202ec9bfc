using System.Net;
using System.Net.Sockets;

namespace Nexus.Core.Networking;

/// <summary>
/// Whether an address is one of the public internet, so that the server may go there because a stranger wrote it down.
/// After the IANA special-purpose registries (RFC 6890): what isn't globally reachable isn't public. An address that carries
/// an IPv4 address (mapped, NAT64, 6to4) is as public as what it carries.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] SpecialV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", // This network; 0.0.0.0 reaches this machine.
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // Private (RFC 1918).
            "100.64.0.0/10", // Carrier-grade NAT (RFC 6598).
            "127.0.0.0/8", // Loopback.
            "169.254.0.0/16", // Link-local, and the clouds' metadata service.
            "192.0.0.0/24", // Protocol assignments.
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // Documentation.
            "192.88.99.0/24", // 6to4 relays, withdrawn.
            "198.18.0.0/15", // Benchmarks.
            "224.0.0.0/4", // Multicast.
            "240.0.0.0/4", // Reserved, and broadcast.
        }.Select(IPNetwork.Parse),
    ];

    // Everything outside 2000::/3 is unassigned, local or multicast, but for NAT64, which is looked into.
    private static readonly IPNetwork GlobalUnicastV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialV6 =
    [
        .. new[]
        {
            "2001::/23", // Protocol assignments, and Teredo.
            "2001:db8::/32", "3fff::/20", // Documentation.
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool Is(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !SpecialV4.Any(network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => IsV6(address),
        _ => false,
    };

    private static bool IsV6(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Is(address.MapToIPv4());

        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address)) return Is(Carried(bytes, 12));
        if (SixToFour.Contains(address)) return Is(Carried(bytes, 2));
        return GlobalUnicastV6.Contains(address) && !SpecialV6.Any(network => network.Contains(address));
    }

    private static IPAddress Carried(byte[] bytes, int start) => new(bytes.AsSpan(start, 4));
}
