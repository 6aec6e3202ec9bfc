using System.Collections.Specialized;
using System.Net;
using System.Text;

namespace Nexus.EndToEnd.Tests.Support;

/// <summary>The loopback address at which a native client waits for the browser to come back (RFC 8252 §7.3).</summary>
internal sealed class LoopbackCallback : IDisposable
{
    private readonly HttpListener _listener = new();

    public LoopbackCallback()
    {
        Address = new($"http://127.0.0.1:{LoopbackPort.Next()}/callback");
        _listener.Prefixes.Add(new Uri(Address, "/").AbsoluteUri);
        _listener.Start();
    }

    public Uri Address { get; }

    /// <summary>The parameters with which the browser comes back.</summary>
    public async Task<NameValueCollection> ReceiveAsync(CancellationToken cancellation)
    {
        var visit = await _listener.GetContextAsync().WaitAsync(cancellation);
        while (visit.Request.Url!.AbsolutePath != Address.AbsolutePath)
        {
            // Browsers also ask for an icon, and may be gone again.
            visit.Response.Abort();
            visit = await _listener.GetContextAsync().WaitAsync(cancellation);
        }

        await using (var answer = visit.Response.OutputStream)
            await answer.WriteAsync(Encoding.UTF8.GetBytes("You can close this page."), cancellation);
        return visit.Request.QueryString;
    }

    public void Dispose() => ((IDisposable)_listener).Dispose();
}
