using System.Net;
using System.Net.Sockets;
using Nexus.Core.Routing;

namespace Nexus.Ingress.Tests.Support;

/// <summary>
/// What a replica looks like that vanished with its network: a connection is neither made nor refused. Its queue of connections
/// is full and nobody empties it, so the system drops every further one.
/// </summary>
internal sealed class SilentReplica : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queued = [];

    public SilentReplica()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(backlog: 0);
        do _queued.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        while (_queued[^1].ConnectAsync(_listener.LocalEndPoint!).Wait(TimeSpan.FromSeconds(1)));
    }

    public RouteTarget Target => new(Guid.NewGuid().ToString("N"), _listener.LocalEndPoint!.ToString()!);

    public void Dispose()
    {
        foreach (var socket in _queued) socket.Dispose();
        _listener.Dispose();
    }
}
