using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Nexus.EndToEnd.Tests.Conformance;

/// <summary>
/// Stands before the server and adds a bearer token, which the conformance suite can't send. All else passes as it came,
/// foreign Host and Origin headers too; the proxy's own address becomes the server's.
/// </summary>
internal sealed class BearerProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private BearerProxy(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<BearerProxy> StartAsync(Uri server, string accessToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpForwarder();
        var proxy = new BearerProxy(builder.Build());
        var disguise = new Disguise(proxy, server, accessToken);
        var forwarder = proxy._app.Services.GetRequiredService<IHttpForwarder>();
        proxy._app.Run(async context => await forwarder.SendAsync(
            context, server.GetLeftPart(UriPartial.Authority), proxy._client, ForwarderRequestConfig.Empty, disguise));
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private sealed class Disguise(BearerProxy proxy, Uri server, string accessToken) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext context, HttpRequestMessage request, string destination, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(context, request, destination, cancellationToken);
            request.Headers.Authorization = new("Bearer", accessToken);
            request.Headers.Host = AsServer(context.Request.Host.Value);
            if (context.Request.Headers.Origin is [{ } origin])
            {
                request.Headers.Remove("Origin");
                request.Headers.TryAddWithoutValidation("Origin", AsServer(origin));
            }
        }

        private string? AsServer(string? value) => value?.Replace(proxy.Address.Authority, server.Authority, StringComparison.Ordinal);
    }
}
