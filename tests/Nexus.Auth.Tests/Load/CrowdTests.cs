using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Storage;
using Nexus.Auth.Tests.Hosting;
using Nexus.Auth.Tokens;
using Nexus.Testing;
using OpenIddict.Abstractions;

namespace Nexus.Auth.Tests.Load;

public sealed class CrowdTests(Shared<PostgresServer> postgres)
{
    private const int Crowd = 50;
    private const int Refreshes = 3;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Fifty_at_once_sign_in_and_refresh_and_nothing_is_locked_lost_or_doubled(DatabaseKind kind)
    {
        await using var server = await AuthServer.StartAsync(database: await NewDatabase.OfAsync(kind, postgres));
        var before = server.Log.Complaints.Count();

        var last = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => ConnectAndRefreshAsync(server)));

        server.Log.Complaints.Skip(before).Should().BeEmpty();
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        var tokens = db.Tokens.Where(token => token.Type == OpenIddictConstants.TokenTypeIdentifiers.RefreshToken);
        (await tokens.CountAsync()).Should().Be(Crowd * (1 + Refreshes), "none is doubled");
        var alive = await tokens.Where(token => token.Status == OpenIddictConstants.Statuses.Valid).Select(token => token.ReferenceId).ToListAsync();
        alive.Should().BeEquivalentTo(last.Select(RefreshTokenChain.Hash), "what each client has is what the server knows");
    }

    private static async Task<string> ConnectAndRefreshAsync(AuthServer server)
    {
        var agent = await Agent.RegisterAsync(server);
        var tokens = await agent.ConnectAsync();
        for (var i = 0; i < Refreshes; i++) tokens = await agent.RefreshAsync(tokens.RefreshToken);
        return tokens.RefreshToken;
    }
}
