using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Nexus.Mcp.Tests.Support;

/// <summary>Requests as a plain HTTP client sends them, and answers as it sees them.</summary>
public static class Wire
{
    /// <summary>POSTs a body to the endpoint as JSON, with the owner's token where no other is given.</summary>
    public static Task<Answer> PostAsync(
        this McpServerFixture server, string body, string? token = null, params (string Name, string Value)[] headers) =>
        server.SendAsync(HttpMethod.Post, "/mcp", new StringContent(body, Encoding.UTF8, "application/json"), token, headers);

    public static async Task<Answer> SendAsync(
        this McpServerFixture server,
        HttpMethod method,
        string path,
        HttpContent? content = null,
        string? token = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token != NoToken) request.Headers.Authorization = new("Bearer", token ?? server.OwnerToken);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(response.StatusCode, response.Headers, response.Content.Headers, text);
    }

    /// <summary>Stands for sending no Authorization header at all.</summary>
    public const string NoToken = "";
}

/// <summary>An HTTP answer, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement Error => Json.GetProperty("error");

    public int ErrorCode => Error.GetProperty("code").GetInt32();

    public string ErrorMessage => Error.GetProperty("message").GetString()!;

    public string Header(string name) => string.Join(", ", Headers.TryGetValues(name, out var values) ? values : []);
}
