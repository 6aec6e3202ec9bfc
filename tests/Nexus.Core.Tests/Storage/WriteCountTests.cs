using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Storage;

public sealed class WriteCountTests(Shared<PostgresServer> postgres)
{
    [Fact]
    public async Task Each_commit_changes_it_and_reading_does_not()
    {
        await using var host = await CoreHost.StartAsync();
        var writes = host.Get<WriteCount>();
        var before = writes.Now();
        before.Should().NotBeNull();

        await using var db = await host.Database.CreateDbContextAsync();
        (await db.Organizations.CountAsync()).Should().Be(1);
        writes.Now().Should().Be(before);

        await host.StrangerAsync();
        var after = writes.Now();
        after.Should().NotBe(before);
        writes.Now().Should().Be(after);

        await host.StrangerAsync();
        writes.Now().Should().NotBe(after);
    }

    [Fact]
    public async Task What_is_rolled_back_was_never_written()
    {
        await using var host = await CoreHost.StartAsync();
        var writes = host.Get<WriteCount>();
        var before = writes.Now();

        await using (var db = await host.Database.CreateDbContextAsync())
        await using (await db.Database.BeginTransactionAsync())
            await db.Organizations.ExecuteUpdateAsync(set => set.SetProperty(organization => organization.Name, "Other"));

        writes.Now().Should().Be(before);
    }

    [Fact]
    public async Task It_is_not_known_on_PostgreSQL_nor_where_there_is_no_database_yet()
    {
        using var folder = new TemporaryFolder();
        using var nothing = new WriteCount(new() { DataDirectory = folder.Path });
        nothing.Now().Should().BeNull();

        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(DatabaseKind.PostgreSql, postgres));
        host.Get<WriteCount>().Now().Should().BeNull();
    }
}
