using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Storage;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Npgsql;
using Xunit;

namespace Nexus.Core.Tests.Storage;

public sealed class PostgreSqlPreparingTests(Shared<PostgresServer> postgres)
{
    [Theory]
    [InlineData("Host=db", 64)]
    [InlineData("Host=db;Max Auto Prepare=7", 7)]
    [InlineData("Host=db;MaxAutoPrepare=0", 0)]
    public async Task What_is_asked_often_is_prepared_unless_the_operator_says_otherwise(string given, int expected)
    {
        await using var services = new ServiceCollection()
            .AddNexusStorage(new() { DataDirectory = "unused", ConnectionString = new NpgsqlConnectionStringBuilder(given).ConnectionString })
            .BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<NexusDbContext>>().CreateDbContextAsync();

        new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).MaxAutoPrepare.Should().Be(expected);
    }

    [Fact]
    public async Task The_server_keeps_what_EF_Core_asks_in_every_context()
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(DatabaseKind.PostgreSql, postgres));
        for (var time = 0; time < 6; time++)
        {
            await using var db = await host.Database.CreateDbContextAsync();
            (await db.Organizations.CountAsync(organization => organization.Name == "Engines")).Should().Be(1);
        }

        await using var after = await host.Database.CreateDbContextAsync();
        var prepared = await after.Database.SqlQueryRaw<string>("SELECT statement AS \"Value\" FROM pg_prepared_statements").ToListAsync();
        prepared.Should().ContainSingle(statement => statement.Contains("Engines", StringComparison.Ordinal));
    }
}
