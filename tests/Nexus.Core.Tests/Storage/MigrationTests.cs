using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Storage;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Storage;

public sealed class MigrationTests(Shared<PostgresServer> postgres)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task The_migrations_make_exactly_the_model(DatabaseKind kind)
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));
        await using var db = await host.Database.CreateDbContextAsync();

        (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
        db.Database.HasPendingModelChanges().Should().BeFalse("a changed model needs a migration for each database");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task The_build_writes_down_every_migration(DatabaseKind kind)
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));
        await using var db = await host.Database.CreateDbContextAsync();

        db.KnownMigrations().Should().BeEquivalentTo(db.Database.GetMigrations());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Nodes_that_start_at_once_migrate_once(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var database = await CoreHost.NewDatabaseAsync(kind, postgres) ?? new DatabaseOptions { DataDirectory = folder.Path };
        await using var nodes = new ServiceCollection().AddNexusStorage(database).BuildServiceProvider();
        var migrator = nodes.GetRequiredService<DatabaseMigrator>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => migrator.MigrateAsync(default))));

        await using var db = await nodes.GetRequiredService<IDbContextFactory<NexusDbContext>>().CreateDbContextAsync();
        (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Sqlite_is_in_WAL_with_a_busy_timeout()
    {
        await using var host = await CoreHost.StartAsync();
        await using var db = await host.Database.CreateDbContextAsync();

        (await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()).Should().Be("wal");
        (await db.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync()).Should().BeGreaterThan(1000);
    }
}
