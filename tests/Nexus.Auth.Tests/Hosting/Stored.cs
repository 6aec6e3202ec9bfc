using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Clients;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>What the database holds, where a test has to know what no answer shows.</summary>
internal static class Stored
{
    public static async Task<OAuthClient> ClientAsync(AuthServer server, string clientId)
    {
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        return await db.Clients.SingleAsync(client => client.ClientId == clientId);
    }
}
