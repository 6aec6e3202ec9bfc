using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>The first-party API, as scripts use it.</summary>
public static class FirstParty
{
    public static async Task<string> LoginAsync(AuthServer server)
    {
        var (_, body) = await LoginAsync(server.NewClient(), AuthServer.OwnerEmail, AuthServer.OwnerPassword);
        return body["data"]!["token"]!.GetValue<string>();
    }

    public static async Task<(HttpResponseMessage Response, JsonObject Body)> LoginAsync(HttpClient http, string email, string password)
    {
        var response = await http.PostAsJsonAsync("/api/auth/login", new { email, password });
        return (response, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    public static async Task<(HttpResponseMessage Response, JsonObject Body)> SendAsync(
        HttpClient http, HttpMethod method, string path, string? bearer, object? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (bearer is not null) request.Headers.Authorization = new("Bearer", bearer);
        var response = await http.SendAsync(request);
        return (response, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }
}
