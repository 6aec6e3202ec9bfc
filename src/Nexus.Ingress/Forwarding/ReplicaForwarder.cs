using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Nexus.Core.Routing;
using Nexus.Ingress.Pages;
using Nexus.Ingress.Routes;
using Yarp.ReverseProxy.Forwarder;

namespace Nexus.Ingress.Forwarding;

/// <summary>
/// Carries a request to a replica and the answer back. Where no connection to the replica can be made, nothing of the request has
/// been sent yet, so the next one is tried; after that point nothing is repeated.
/// </summary>
internal sealed class ReplicaForwarder(
    IHttpForwarder forwarder, ReplicaClient client, LiveRoutes routes, IngressMetrics metrics, IngressOptions options)
{
    private readonly ForwarderRequestConfig _http1 = new()
    {
        ActivityTimeout = options.ActivityTimeout,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>gRPC needs HTTP/2 all the way; without TLS, both sides have to know that beforehand.</summary>
    private readonly ForwarderRequestConfig _grpc = new()
    {
        ActivityTimeout = options.ActivityTimeout,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private readonly ForwardedRequest _patient = new(hurry: null);

    private readonly ForwardedRequest _hurried = new(options.HurriedConnectTimeout);

    /// <summary>One method for all of the way: each that a request waits in costs an object and a step back.</summary>
    public async Task ForwardAsync(HttpContext context, AppHost host)
    {
        var (route, upstream) = routes.Begin(host, []);
        if (route is null || upstream is null)
        {
            await ErrorPage.For(route?.State).WriteAsync(context);
            return;
        }

        using var measured = metrics.Begin(context, route.DeploymentId);
        LiftLimits(context);
        List<Upstream>? tried = null;
        while (route is not null && upstream is not null)
        {
            var othersLeft = route.Upstreams.Count > (tried?.Count ?? 0) + 1;
            ForwarderError error;
            try
            {
                var config = IsGrpc(context.Request) ? _grpc : _http1;
                error = await forwarder.SendAsync(context, upstream.Prefix, client.Http, config, othersLeft ? _hurried : _patient);
            }
            finally
            {
                upstream.Traffic.End();
            }

            if (error == ForwarderError.None) return;
            if (!CouldNotConnect(context, error))
            {
                await ExplainAsync(context, error);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status200OK;
            (tried ??= []).Add(upstream);
            (route, upstream) = routes.Begin(host, tried);
        }

        await (route is { State: RouteState.Serving } ? ErrorPage.BadGateway : ErrorPage.For(route?.State)).WriteAsync(context);
    }

    private static bool CouldNotConnect(HttpContext context, ForwarderError error) =>
        error == ForwarderError.Request
        && !context.Response.HasStarted
        && !context.RequestAborted.IsCancellationRequested
        && context.GetForwarderErrorFeature()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };

    private static Task ExplainAsync(HttpContext context, ForwarderError error)
    {
        var nobodyReads = context.Response.HasStarted || context.RequestAborted.IsCancellationRequested;
        return error switch
        {
            _ when nobodyReads => Task.CompletedTask,
            ForwarderError.RequestTimedOut => ErrorPage.GatewayTimeout.WriteAsync(context),
            ForwarderError.Request or ForwarderError.ResponseHeaders or ForwarderError.RequestBodyDestination =>
                ErrorPage.BadGateway.WriteAsync(context),
            // The client's own fault, or it has gone: YARP has set the status.
            _ => Task.CompletedTask,
        };
    }

    /// <summary>How large and how slow an upload may be is the application's business.</summary>
    private static void LiftLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } upload)
            upload.MinDataRate = null;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } download)
            download.MinDataRate = null;
    }

    private static bool IsGrpc(HttpRequest request) =>
        HttpProtocol.IsHttp2(request.Protocol)
        && request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true
        && !request.ContentType.StartsWith("application/grpc-web", StringComparison.OrdinalIgnoreCase);
}
