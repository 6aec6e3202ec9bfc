using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Nexus.Benchmarks.Peers;

/// <summary>Kestrel and nothing else.</summary>
internal static class ConstantServer
{
    public const string Name = "constant";

    public static async Task RunAsync(string port)
    {
        var builder = WebApplication.CreateSlimBuilder([$"--urls=http://127.0.0.1:{port}"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var answer = """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"you@example.com"}]}}"""u8.ToArray();
        app.Run(async context =>
        {
            (context.Response.ContentType, context.Response.ContentLength) = ("application/json", answer.Length);
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        });
        await app.RunAsync();
    }
}
