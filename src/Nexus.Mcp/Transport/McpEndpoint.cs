using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Mcp.Transport;

/// <summary>What happens to a POST before and after the SDK's handler: each check refuses or lets on, in this order.</summary>
internal sealed class McpEndpoint(OriginGuard guard)
{
    public async Task HandleAsync(HttpContext context, RequestDelegate sdk)
    {
        Cors.Open(context);
        if (await RefuseOrServeAsync(context, sdk) is { } refusal) await refusal.WriteAsync(context);
    }

    private async Task<Refusal?> RefuseOrServeAsync(HttpContext context, RequestDelegate sdk)
    {
        if (guard.Check(context.Request) is { } stranger) return stranger;
        if (await AuthenticateAsync(context) is { } unauthorized) return unauthorized;

        var (message, unreadable) = await MessageReader.ReadAsync(context.Request, context.RequestAborted);
        if (message is null) return unreadable;
        using (message) return await ServeAsync(context, message, sdk);
    }

    private static async Task<Refusal?> AuthenticateAsync(HttpContext context)
    {
        var gate = context.RequestServices.GetRequiredService<BearerGate>();
        var (actor, refusal) = await gate.AuthenticateAsync(context.Request, context.RequestAborted);
        if (actor is not null) context.RequestServices.GetRequiredService<RequestActor>().Actor = actor;
        return refusal;
    }

    private static async Task<Refusal?> ServeAsync(HttpContext context, IncomingMessage message, RequestDelegate sdk)
    {
        if (ParameterShapes.CheckRequired(message) is { } incomplete) return incomplete;
        if (message.Method == "initialize")
        {
            using var filled = InitializeDefaults.Fill(context.Request, message);
            return await PassOnAsync(context, filled, sdk);
        }

        return await PassOnAsync(context, message, sdk);
    }

    private static async Task<Refusal?> PassOnAsync(HttpContext context, IncomingMessage message, RequestDelegate sdk)
    {
        if (ParameterShapes.CheckForm(message) is { } misshapen) return misshapen;
        await SdkExchange.RunAsync(context, message.Body, sdk);
        return null;
    }
}
