using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Nexus.Mcp.Transport;

/// <summary>Hands a message to the SDK's handler in the form that it insists on, and gives its answer the form that the client asked for.</summary>
internal static class SdkExchange
{
    private const string EventStream = "text/event-stream";

    public static async Task RunAsync(HttpContext context, ArraySegment<byte> body, RequestDelegate sdk)
    {
        var request = context.Request;
        var mayStream = request.Headers.Accept.ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase);
        request.Headers.Accept = $"application/json, {EventStream}";
        request.ContentType = "application/json";
        request.ContentLength = body.Count;
        using var input = new MemoryStream(body.Array!, body.Offset, body.Count, writable: false);
        request.Body = input;

        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var answer = new AnswerStream(context.Response, original.Stream, mayStream);
        context.Response.Body = answer;
        try
        {
            await sdk(context);
            await answer.CompleteAsync(context.RequestAborted);
        }
        finally
        {
            context.Features.Set(original);
        }
    }
}
