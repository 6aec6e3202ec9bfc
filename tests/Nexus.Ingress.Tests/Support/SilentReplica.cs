using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Nexus.Core.Routing;
using Nexus.Testing;

namespace Nexus.Ingress.Tests.Support;

/// <summary>
/// What a replica looks like that vanished with its network: a connection is neither made nor refused. Its queue of connections
/// is full and nobody empties it, so the system drops every further one.
/// </summary>
internal sealed class SilentReplica : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _queued = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private SilentReplica()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(backlog: 0);
    }

    public RouteTarget Target => new(Guid.NewGuid().ToString("N"), _listener.LocalEndPoint!.ToString()!);

    public static async Task<SilentReplica> StartAsync()
    {
        var replica = new SilentReplica();
        await replica._queued.ConnectAsync(replica._listener.LocalEndPoint!);
        await Poll.UntilAsync(replica.IsFull, "the queue of connections to be full");
        return replica;
    }

    public void Dispose()
    {
        _queued.Dispose();
        _listener.Dispose();
    }

    /// <summary>Of a socket that listens, tcp(7)'s TCP_INFO tells how many connections wait and how many may; Linux takes one more.</summary>
    private bool IsFull()
    {
        const int tcp = 6, tcpInfo = 11, waiting = 6, most = 7;
        var info = new byte[104];
        _listener.GetRawSocketOption(tcp, tcpInfo, info);
        var fields = MemoryMarshal.Cast<byte, uint>(info);
        return fields[waiting] > fields[most];
    }
}
