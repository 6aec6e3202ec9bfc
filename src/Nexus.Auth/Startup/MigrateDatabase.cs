using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;
using Nexus.Core.Storage;

namespace Nexus.Auth.Startup;

/// <summary>Brings the authorization server's tables up to date.</summary>
internal sealed class MigrateDatabase(IDbContextFactory<AuthDbContext> database) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.MigrateAloneAsync(cancellationToken);
    }
}
