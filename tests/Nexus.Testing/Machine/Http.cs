namespace Nexus.Testing;

/// <summary>Asks servers of ours whether they are there yet.</summary>
public static class Http
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>The body at an address, once it answers with success.</summary>
    public static async Task<string> UntilAnswersAsync(
        Uri address, ChildProcess? server = null, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        string? body = null;
        await Poll.UntilAsync(
            async () => (body = await TryGetAsync(address, server, cancellation)) is not null,
            $"success at {address}", deadline, server is null ? null : server.Log.ToString, cancellation);
        return body!;
    }

    private static async Task<string?> TryGetAsync(Uri address, ChildProcess? server, CancellationToken cancellation)
    {
        if (server is { HasExited: true })
            throw new InvalidOperationException($"`{server.Command}` ended with {await server.WaitForExitAsync(cancellation: cancellation)}.{Environment.NewLine}{server.Log}");
        try
        {
            using var answer = await Client.GetAsync(address, cancellation);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancellation) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
