using System.Data;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Organizations;
using Nexus.Core.Storage.Sqlite;
using Nexus.Core.Tests.Hosting;
using Xunit;

namespace Nexus.Core.Tests.Storage.Sqlite;

public sealed class PreparedStatementTests : IDisposable
{
    private const string Count = "SELECT COUNT(*) FROM Things WHERE Name = @name";
    private const string Add = "INSERT INTO Things (Name) VALUES (@name)";

    private readonly SqliteBench _bench = new();

    [Fact]
    public async Task What_EF_Core_asks_again_in_another_context_is_prepared_once()
    {
        await using var host = await CoreHost.StartAsync();
        for (var time = 0; time < 3; time++)
        {
            await using var db = await host.Database.CreateDbContextAsync();
            (await db.Organizations.Where(organization => organization.Name == "Engines").ToListAsync()).Should().ContainSingle();
        }

        var sent = host.Statements.Seen.Where(statement => statement.Contains("FROM \"Organizations\"", StringComparison.Ordinal)).TakeLast(3).ToList();
        sent.Should().HaveCount(3, "whoever listens to the commands still hears each of them").And.OnlyContain(statement => statement == sent[0]);
        using var connection = new BorrowedConnection(host.Get<SqliteConnections>());
        connection.Open();
        using var command = SqliteBench.Command(connection, sent[0]);
        using var reader = (SqliteDataReader)command.ExecuteReader();
        SqliteBench.RunsOf(reader.Handle!).Should().Be(4, "this one ran the same statement");
    }

    [Fact]
    public void Each_run_has_its_own_parameters()
    {
        using (var connection = _bench.Open())
        {
            SqliteBench.Run(connection, Add, parameters: ("@name", "ada"));
            SqliteBench.Run(connection, Add, parameters: ("@name", "bob"));
        }

        using var another = _bench.Open();
        foreach (var (name, count) in new[] { ("ada", 1L), ("eve", 0L), ("bob", 1L) })
            SqliteBench.Ask(another, Count, ("@name", name)).Should().Be(count, name);
        SqliteBench.RunsOf(Add, another).Should().Equal(2);
        SqliteBench.RunsOf(Count, another).Should().Equal(3);
        FluentActions.Invoking(() => SqliteBench.Ask(another, Count)).Should().Throw<InvalidOperationException>("what was bound before is not for the next");
    }

    [Fact]
    public void Two_who_read_the_same_at_once_have_a_reader_each()
    {
        using var connection = _bench.Open();
        foreach (var name in new[] { "ada", "bob" }) SqliteBench.Run(connection, Add, parameters: ("@name", name));

        using var command = SqliteBench.Command(connection, "SELECT Name FROM Things ORDER BY Name");
        using var other = SqliteBench.Command(connection, command.CommandText);
        using var first = command.ExecuteReader();
        first.Read().Should().BeTrue();
        using (var second = other.ExecuteReader())
        {
            second.Read().Should().BeTrue();
            second.GetString(0).Should().Be("ada");
        }

        first.Read().Should().BeTrue();
        first.GetString(0).Should().Be("bob");
        first.Read().Should().BeFalse();
    }

    [Fact]
    public async Task After_a_failure_the_same_statement_works()
    {
        await using var host = await CoreHost.StartAsync();
        var id = Guid.CreateVersion7();
        async Task AddAsync(Guid organization)
        {
            await using var db = await host.Database.CreateDbContextAsync();
            db.Add(new Organization { Id = organization, Name = "Other", CreatedAt = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync();
        }

        await AddAsync(id);
        await FluentActions.Awaiting(() => AddAsync(id)).Should().ThrowAsync<DbUpdateException>();
        await AddAsync(Guid.CreateVersion7());

        await using var after = await host.Database.CreateDbContextAsync();
        (await after.Organizations.CountAsync(organization => organization.Name == "Other")).Should().Be(2);
    }

    [Fact]
    public void A_changed_schema_is_seen()
    {
        const string all = "SELECT * FROM Things";
        using var reading = _bench.Open();
        SqliteBench.Run(reading, Add, parameters: ("@name", "ada"));
        SqliteBench.Ask(reading, all).Should().Be("ada");
        using (var changing = _bench.Open()) SqliteBench.Run(changing, "ALTER TABLE Things ADD COLUMN Size INTEGER NOT NULL DEFAULT 7");

        using var command = SqliteBench.Command(reading, all);
        using (var reader = command.ExecuteReader())
        {
            reader.Read().Should().BeTrue();
            reader.GetInt64(1).Should().Be(7);
        }

        using (var changing = _bench.Open()) SqliteBench.Run(changing, "DROP TABLE Things");
        FluentActions.Invoking(() => SqliteBench.Ask(reading, all)).Should().Throw<SqliteException>();
        using (var changing = _bench.Open()) SqliteBench.Run(changing, "CREATE TABLE Things (Other INTEGER)");
        SqliteBench.Ask(reading, all).Should().BeNull();
    }

    [Fact]
    public void Texts_without_end_take_no_memory_without_end()
    {
        using var connection = _bench.Open();
        for (var text = 0; text < 3 * PreparedCommands.Most; text++)
        {
            SqliteBench.Ask(connection, Count, ("@name", "ada"));
            SqliteBench.Ask(connection, $"SELECT {text}").Should().Be((long)text);
        }

        connection.Opened.Commands.Count.Should().Be(PreparedCommands.Most);
        SqliteBench.RunsOf(Count, connection).Should().Equal([3 * PreparedCommands.Most], "those that are used stay");
    }

    [Fact]
    public void What_was_bound_does_not_stay_in_memory_when_it_is_large()
    {
        using var connection = _bench.Open();
        SqliteBench.Run(connection, Add, parameters: ("@name", new string('a', 1024 * 1024)));

        SqliteBench.RunsOf(Add, connection).Should().BeEmpty();
        SqliteBench.Ask(connection, "SELECT LENGTH(Name) FROM Things").Should().Be(1024 * 1024L);
    }

    [Fact]
    public async Task A_cancelled_read_leaves_the_next_one_alone()
    {
        using var connection = _bench.Open();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await using var command = SqliteBench.Command(connection, Count, ("@name", "ada"));
        await FluentActions.Awaiting(() => command.ExecuteReaderAsync(CommandBehavior.Default, cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();
        SqliteBench.Ask(connection, Count, ("@name", "ada")).Should().Be(0L);
    }

    public void Dispose() => _bench.Dispose();
}
