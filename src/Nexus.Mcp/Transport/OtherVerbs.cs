using Microsoft.AspNetCore.Http;

namespace Nexus.Mcp.Transport;

/// <summary>Everything at the endpoint's path that is no POST.</summary>
internal static class OtherVerbs
{
    public static async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            Cors.AnswerPreflight(context, "POST, OPTIONS");
            return;
        }

        Cors.Open(context);
        await NotAllowed(context.Request.Method).WriteAsync(context);
    }

    private static Refusal NotAllowed(string method) =>
        new(StatusCodes.Status405MethodNotAllowed, Refusal.NotAccepted,
            $"Method Not Allowed: {method} has no meaning here, as the endpoint keeps no sessions and opens no streams of its own.")
        {
            Hint = "Send each JSON-RPC message with POST.",
            Allow = "POST",
        };
}
