using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Nexus.Ingress.Forwarding;

/// <summary>
/// What a replica gets to see: the request as it came, Host and target unchanged; who sent it, in headers that a client can't
/// forge; nothing that was meant for this hop only. With a <paramref name="hurry"/>, a connection isn't waited for any longer.
/// </summary>
internal sealed class ForwardedRequest(TimeSpan? hurry) : HttpTransformer
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedHost = "X-Forwarded-Host";
    private const string ForwardedProto = "X-Forwarded-Proto";

    /// <summary>Claims about the client that applications believe. Ours replace the first three; the others just go.</summary>
    private static readonly string[] Claims =
        [ForwardedFor, ForwardedHost, ForwardedProto, "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Real-IP", "Forwarded"];

    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        if (hurry is { } patience) ReplicaClient.Hurry(proxyRequest, patience);
        var received = httpContext.Request.Headers;
        if (received.Connection.Count > 0)
            foreach (var named in ForThisHop(received.GetCommaSeparatedValues(HeaderNames.Connection))) Remove(proxyRequest, named);
        foreach (var claim in Claims)
            if (received.ContainsKey(claim)) Remove(proxyRequest, claim);

        var headers = proxyRequest.Headers;
        if (httpContext.Connection.RemoteIpAddress is { } client)
            headers.TryAddWithoutValidation(ForwardedFor, (client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client).ToString());
        headers.TryAddWithoutValidation(ForwardedProto, httpContext.Request.Scheme);
        headers.TryAddWithoutValidation(ForwardedHost, httpContext.Request.Host.Value);

        // A path that is decoded and encoded again is not always the same path. In other than origin form YARP's own will do.
        var target = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.StartsWith('/')) proxyRequest.RequestUri = new Uri(destinationPrefix + target, Verbatim);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var copyBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is not null && proxyResponse.Headers.NonValidated.Contains(HeaderNames.Connection))
            foreach (var named in ForThisHop(proxyResponse.Headers.Connection)) httpContext.Response.Headers.Remove(named);
        return copyBody;
    }

    /// <summary>RFC 9110 §7.6.1: what Connection names is for this hop only. What frames or routes the message can't be so declared.</summary>
    private static IEnumerable<string> ForThisHop(IEnumerable<string> namedByConnection) => namedByConnection.Where(name =>
        !name.Equals(HeaderNames.Host, StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase));

    private static void Remove(HttpRequestMessage request, string header)
    {
        if (!IsToken(header)) return;
        request.Headers.Remove(header);
        request.Content?.Headers.Remove(header);
    }

    /// <summary>The header collections refuse to look for what is no header name.</summary>
    private static bool IsToken(string name) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal));
}
