using System.Net;

namespace Nexus.Core.Sources.Git;

/// <summary>Where a repository really is, after redirects: its address, the host's checked addresses, and what opens it there.</summary>
internal sealed record GitRemote(GitUrl Url, IReadOnlyList<IPAddress> Addresses, GitCredential? Credential)
{
    /// <summary>For <c>http.curloptResolve</c>: git goes to the addresses that were judged, whatever the name says by then.</summary>
    public string? Pin => Url.Uri.HostNameType == UriHostNameType.Dns
        ? $"{Url.Host}:{Url.Port}:{string.Join(',', Addresses.Select(address => address.ToString().Contains(':') ? $"[{address}]" : $"{address}"))}"
        : null;
}
