using System.Diagnostics;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>Holds the server to its word that a revoked access token is refused within a second.</summary>
public static class RevokedTokens
{
    public static async Task ExpectAsync(AuthServer server, string accessToken)
    {
        var since = Stopwatch.GetTimestamp();
        await Poll.UntilAsync(
            async () => (await server.AccessTokens.ValidateAsync(accessToken, default)).Problem == "the access token is revoked",
            "the token to be refused");
        Stopwatch.GetElapsedTime(since).Should().BeLessThan(TimeSpan.FromSeconds(5), "a second is promised, and this machine is shared");
    }
}
