using System.Net;
using System.Net.Sockets;
using Nexus.Core.Domains;

namespace Nexus.Server.Configuration;

/// <summary>Reads <c>Nexus:Domains</c>: whom to ask about custom domains, and where they have to point.</summary>
internal static class DomainSettings
{
    private const int DnsPort = 53;

    public static DomainOptions Read(SettingValues values, HttpsSettings? https)
    {
        var defaults = new DomainOptions();
        var resolvers = values.List("Nexus:Domains:Resolvers").Select(text => Resolver(text, values)).OfType<IPEndPoint>().ToList();
        return defaults with
        {
            Resolvers = resolvers.Count == 0 ? defaults.Resolvers : resolvers,
            PublicAddress = PublicAddress(values),
            CertificateAuthority = https?.Authority,
            ClaimLife = values.Number("Nexus:Domains:ClaimHours", 1, 24 * 365) is { } hours ? TimeSpan.FromHours(hours) : defaults.ClaimLife,
        };
    }

    private static IPEndPoint? Resolver(string text, SettingValues values)
    {
        // "::1" alone is an address, "[::1]:53" one with a port.
        if (IPAddress.TryParse(text, out var address)) return new(address, DnsPort);
        if (IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port != 0) return endpoint;
        values.Complain("Nexus:Domains:Resolvers", $"{text} is not the address of a resolver.", "Write 1.1.1.1, or 10.0.0.2:5353 for another port.");
        return null;
    }

    private static IPAddress? PublicAddress(SettingValues values)
    {
        if (values.Text("Nexus:Domains:PublicAddress") is not { } text) return null;
        if (IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork) return address;
        values.Complain("Nexus:Domains:PublicAddress", "is not an IPv4 address.", "Give the one that visitors reach the server at.");
        return null;
    }
}
