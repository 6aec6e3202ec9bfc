using Microsoft.EntityFrameworkCore;

namespace Nexus.Core.Storage;

/// <summary>The model on SQLite.</summary>
public sealed class SqliteNexusDbContext(DbContextOptions<SqliteNexusDbContext> options) : NexusDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}
