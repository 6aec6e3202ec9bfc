using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Nexus.Core;
using Nexus.Core.Uploads;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Uploads;

/// <summary>
/// Takes a zip in beside the MCP endpoint, as bytes are no arguments of a tool: the same guard, the same tokens, the same limit of
/// requests. What it answers is deployed with <c>nexusai_deploy_source</c>.
/// </summary>
internal sealed partial class UploadEndpoint(
    OriginGuard guard, RequestLimit limit, Challenges challenges, UploadCommands uploads, ILogger<UploadEndpoint> logger)
{
    private static readonly string[] MediaTypes = ["application/zip", "application/octet-stream"];

    public async Task HandleAsync(HttpContext context)
    {
        Cors.Open(context);
        try
        {
            await (await ReceiveAsync(context)).WriteAsync(context);
        }
        catch (NexusException refusal)
        {
            await UploadAnswer.Of(refusal, challenges).WriteAsync(context);
        }
        catch (BadHttpRequestException broken) when (!context.Response.HasStarted)
        {
            await UploadAnswer.Unreadable(broken.StatusCode).WriteAsync(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var correlation = Correlation.NewId();
            LogFailure(logger, correlation, exception);
            await UploadAnswer.Internal(correlation).WriteAsync(context);
        }
    }

    /// <summary>Everything at the path that is no POST.</summary>
    public static async Task AnswerOtherVerbsAsync(HttpContext context)
    {
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            Cors.AnswerPreflight(context, "POST, OPTIONS");
            return;
        }

        Cors.Open(context);
        await UploadAnswer.WrongMethod.WriteAsync(context);
    }

    private async Task<UploadAnswer> ReceiveAsync(HttpContext context)
    {
        var request = context.Request;
        if (guard.Check(request) is { } stranger) return UploadAnswer.Of(stranger);
        var gate = context.RequestServices.GetRequiredService<BearerGate>();
        var (actor, unauthorized) = await gate.AuthenticateAsync(request, "uploads", context.RequestAborted);
        if (actor is null) return UploadAnswer.Of(unauthorized!);
        if (limit.Check(actor) is { } tooMany) return UploadAnswer.Of(tooMany);
        if (!IsZip(request)) return UploadAnswer.WrongMediaType;

        // The limit of archives holds, which is counted while it is read; the server's own for bodies is lower.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        return UploadAnswer.Taken(await uploads.ReceiveAsync(actor, request.Body, request.ContentLength, context.RequestAborted));
    }

    private static bool IsZip(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase);

    [LoggerMessage(LogLevel.Error, "An upload failed unexpectedly; the caller was given the correlation id {CorrelationId}.")]
    private static partial void LogFailure(ILogger logger, string correlationId, Exception exception);
}
