using System.Net;

namespace Nexus.Core.Sources.Git;

/// <summary>
/// Connects to a host that a stranger named, or refuses it: resolves the name, judges every address, and connects to one that was judged.
/// </summary>
public delegate ValueTask<Stream> CheckedConnection(DnsEndPoint target, CancellationToken cancellationToken);
