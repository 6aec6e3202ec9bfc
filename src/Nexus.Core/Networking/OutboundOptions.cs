using System.Net;

namespace Nexus.Core.Networking;

/// <summary>Where the server may go on behalf of people and clients.</summary>
public sealed record OutboundOptions
{
    /// <summary>Host names and addresses that may be reached although they aren't public, e.g. a Git server of the intranet.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Networks that may be reached although they aren't public, whatever name leads there.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>The setting that opens a host, as a refusal names it.</summary>
    public string Setting { get; init; } = "Nexus:Outbound:AllowedHosts";

    /// <summary>A PEM file of certificate authorities that are trusted besides the system's; null for none.</summary>
    public string? AuthoritiesFile { get; init; }

    /// <summary>Whether the file can be read and holds certificates.</summary>
    public static bool IsAuthoritiesFile(string path) => ExtraAuthorities.TryRead(path) is { Count: > 0 };
}
