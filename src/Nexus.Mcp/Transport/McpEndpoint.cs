using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nexus.Mcp.Transport;

/// <summary>What happens to a POST before the SDK's handler: each check refuses it or lets it on, in this order.</summary>
internal sealed partial class McpEndpoint(
    OriginGuard guard, RequestLimit limit, ScopeStepUp stepUp, DirectAnswers direct, ILogger<McpEndpoint> logger)
{
    public async Task HandleAsync(HttpContext context, RequestDelegate sdk)
    {
        Cors.Open(context);
        try
        {
            if (await RefuseOrServeAsync(context, sdk) is { } refusal) await refusal.WriteAsync(context);
        }
        catch (BadHttpRequestException broken) when (!context.Response.HasStarted)
        {
            await Refusal.Unreadable(broken.StatusCode).WriteAsync(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var correlation = Correlation.NewId();
            LogFailure(logger, correlation, exception);
            await Refusal.Internal(correlation).WriteAsync(context);
        }
    }

    private async Task<Refusal?> RefuseOrServeAsync(HttpContext context, RequestDelegate sdk)
    {
        if (guard.Check(context.Request) is { } stranger) return stranger;
        var caller = context.RequestServices.GetRequiredService<Caller>();
        var gate = context.RequestServices.GetRequiredService<BearerGate>();
        var (actor, unauthorized) = await gate.AuthenticateAsync(context.Request, "mcp", context.RequestAborted);
        if (actor is null) return unauthorized;
        caller.Actor = actor;
        if (limit.Check(actor) is { } tooMany) return tooMany;
        if (Narrow(context.Request, caller) is { } misnamed) return misnamed;

        var (message, unreadable) = await MessageReader.ReadAsync(context.Request, context.RequestAborted);
        if (message is null) return unreadable;
        using (message) return await ServeAsync(context, message, caller, sdk);
    }

    private static Refusal? Narrow(HttpRequest request, Caller caller)
    {
        var (view, refusal) = ToolViewHeaders.Read(request);
        if (view is not null) caller.View = view;
        return refusal;
    }

    private async Task<Refusal?> ServeAsync(HttpContext context, IncomingMessage message, Caller caller, RequestDelegate sdk)
    {
        // The later era has some methods no more, whatever their params; the SDK answers them with the status that it wants.
        if (ProtocolEra.HasPerRequestMetadata(context.Request) && ProtocolEra.LeftBehind(message.Method))
            return await PassOnAsync(context, message, sdk);

        if (ParameterShapes.CheckRequired(message) is { } incomplete) return incomplete;
        if (stepUp.Check(context.Request, message, caller.Actor) is { } missing) return missing;
        if (await direct.TryAnswerAsync(context, message, caller)) return null;
        if (message.Method != "initialize") return ParameterShapes.CheckForm(message) ?? await PassOnAsync(context, message, sdk);
        using var filled = InitializeDefaults.Fill(context.Request, message);
        return ParameterShapes.CheckForm(filled) ?? await PassOnAsync(context, filled, sdk);
    }

    private static async Task<Refusal?> PassOnAsync(HttpContext context, IncomingMessage message, RequestDelegate sdk)
    {
        await SdkExchange.RunAsync(context, message.Body, sdk);
        return null;
    }

    [LoggerMessage(LogLevel.Error, "A request failed unexpectedly; the caller was given the correlation id {CorrelationId}.")]
    private static partial void LogFailure(ILogger logger, string correlationId, Exception exception);
}
