using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Nexus.Benchmarks.Peers;

/// <summary>What the C# SDK's own sample does: one tool, stateless, nobody is asked who they are.</summary>
internal static class SdkServer
{
    public const string Name = "sdk";

    public static async Task RunAsync(string port)
    {
        var builder = WebApplication.CreateBuilder([$"--urls=http://127.0.0.1:{port}"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMcpServer().WithHttpTransport().WithTools<Tools>();
        var app = builder.Build();
        app.MapGet("/health", () => "ready");
        app.MapMcp("/mcp");
        await app.RunAsync();
    }

    [McpServerToolType]
    private sealed class Tools
    {
        [McpServerTool(Name = "whoami"), Description("Who you are.")]
        public static string WhoAmI() => "you@example.com";
    }
}
