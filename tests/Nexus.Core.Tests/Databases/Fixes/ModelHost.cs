using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Nexus.Core.Tests.Databases.Fixes;

/// <summary>
/// A server on loopback that speaks as providers document it: OpenAI's <c>POST /v1/chat/completions</c> and Anthropic's
/// <c>POST /v1/messages</c>. What it says is the test's.
/// </summary>
internal sealed class ModelHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModelHost(WebApplication app) => _app = app;

    public Uri BaseUrl => new(_app.Urls.Single());

    /// <summary>What is answered; null for a failure of the provider.</summary>
    public string? Says { get; set; }

    /// <summary>Whether it takes requests and never answers.</summary>
    public bool Hangs { get; set; }

    /// <summary>The requests, with their headers.</summary>
    public ConcurrentQueue<ModelRequest> Requests { get; } = [];

    public static async Task<ModelHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var host = new ModelHost(app);
        app.MapPost("/v1/chat/completions", (HttpRequest request, JsonElement body) => host.AnswerAsync(request, body, text => new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            created = 1,
            model = "drafter",
            choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop" } },
            usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
        }));
        app.MapPost("/v1/messages", (HttpRequest request, JsonElement body) => host.AnswerAsync(request, body, text => new
        {
            id = "msg_1",
            type = "message",
            role = "assistant",
            model = "drafter",
            content = new[] { new { type = "text", text } },
            stop_reason = "end_turn",
            usage = new { input_tokens = 1, output_tokens = 1 },
        }));
        await app.StartAsync();
        return host;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest request, JsonElement body, Func<string, object> shape)
    {
        Requests.Enqueue(new(request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), body.GetRawText()));
        if (Hangs) await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        return Says is { } text ? Results.Json(shape(text)) : Results.Json(new { error = new { message = "overloaded", type = "overloaded_error" } }, statusCode: 529);
    }
}

/// <summary>A request as it came.</summary>
internal sealed record ModelRequest(IReadOnlyDictionary<string, string> Headers, string Body);
