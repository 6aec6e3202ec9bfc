using System.Text.Json;
using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary>A story that <c>tests/clients/oauth.mjs</c> plays with one of the OAuth libraries.</summary>
internal static class OAuthStory
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Plays it to its end; the facts that it reports.</summary>
    public static async Task<JsonElement> PlayAsync(
        string library, string story, Stage stage, Func<Uri, Task> openBrowser, object? options = null)
    {
        var issuer = stage.Server.BaseUrl.GetLeftPart(UriPartial.Authority);
        var process = ChildProcess.Start(NodeClients.Script("oauth", library, story, issuer, JsonSerializer.Serialize(options ?? new { }, Json)));
        await using var _ = process;
        for (var read = 0; ; read++)
        {
            var next = read;
            await Poll.UntilAsync(
                () => process.Log.Output.Count > next || process.HasExited, "the client to answer", Longest,
                process.Log.ToString, TestContext.Current.CancellationToken);
            process.Log.Output.Count.Should().BeGreaterThan(read, "the client tells how it ends: {0}", process.Log);
            var message = JsonSerializer.Deserialize<JsonElement>(process.Log.Output[read]);
            if (message.TryGetProperty("error", out var error)) throw new InvalidOperationException(error.GetString());
            if (message.TryGetProperty("result", out var result)) return result;
            await openBrowser(new(message.GetProperty("open").GetString()!));
        }
    }
}
