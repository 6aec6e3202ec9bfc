namespace Nexus.Auth.Tests.Hosting;

/// <summary>Holds a server to its word that a revoked access token is refused a second later, by the server's own clock.</summary>
public static class RevokedTokens
{
    public static async Task ExpectAsync(AuthServer server, string accessToken)
    {
        server.Time.Advance(TimeSpan.FromSeconds(1));
        (await server.AccessTokens.ValidateAsync(accessToken, default)).Problem.Should().Be("the access token is revoked");
    }
}
