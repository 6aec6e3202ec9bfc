using System.Net;
using System.Net.Sockets;

namespace Nexus.Testing;

/// <summary>Free ports below the range that the system hands out to outgoing connections, so that none is lost to one.</summary>
public static class LoopbackPort
{
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            if (IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
