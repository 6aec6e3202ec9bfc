using System.Data;
using FluentAssertions;
using Nexus.Core.Storage.Sqlite;
using Xunit;

namespace Nexus.Core.Tests.Storage.Sqlite;

public sealed class SqliteConnectionsTests : IDisposable
{
    private const string Count = "SELECT COUNT(*) FROM Things";
    private const string Add = "INSERT INTO Things (Name) VALUES ('ada')";

    private readonly SqliteBench _bench = new();

    [Fact]
    public void One_after_the_other_has_the_same_connection()
    {
        var first = Borrowed(1)[0];

        Borrowed(1).Should().Equal(first);
        using var connection = _bench.Open();
        SqliteBench.Ask(connection, "SELECT timeout FROM pragma_busy_timeout").Should().Be(30_000L);
        SqliteBench.Ask(connection, "SELECT journal_mode FROM pragma_journal_mode").Should().Be("wal");
        SqliteBench.Ask(connection, "SELECT temp_store FROM pragma_temp_store").Should().Be(2L, "it is in memory");
        SqliteBench.Ask(connection, "SELECT foreign_keys FROM pragma_foreign_keys").Should().Be(1L);
    }

    [Fact]
    public void What_was_not_committed_is_rolled_back_before_the_next_borrows()
    {
        PreparedConnection before;
        using (var connection = _bench.Open())
        {
            before = connection.Opened;
            SqliteBench.Run(connection, Add, connection.BeginTransaction());
        }

        using var next = _bench.Open();
        next.Opened.Should().BeSameAs(before);
        SqliteBench.Ask(next, Count).Should().Be(0L);
        using (var transaction = next.BeginTransaction())
        {
            SqliteBench.Run(next, Add, transaction);
            transaction.Commit();
        }

        SqliteBench.Ask(next, Count).Should().Be(1L);
    }

    [Fact]
    public void A_savepoint_takes_back_what_came_after_it()
    {
        using var connection = _bench.Open();
        using var transaction = connection.BeginTransaction();
        transaction.Save("before");
        SqliteBench.Run(connection, Add, transaction);
        transaction.Rollback("before");
        transaction.Release("before");
        transaction.Commit();

        SqliteBench.Ask(connection, Count).Should().Be(0L);
    }

    [Fact]
    public void A_savepoint_that_is_over_leaves_nothing_behind()
    {
        PreparedConnection before;
        using (var connection = _bench.Open())
        {
            before = connection.Opened;
            using var transaction = connection.BeginTransaction();
            foreach (var text in new[] { "SAVEPOINT \"mine\";", Add, "ROLLBACK TO \"mine\";", "RELEASE \"mine\";" })
                SqliteBench.Run(connection, text, transaction);
            transaction.Commit();
        }

        using var next = _bench.Open();
        next.Opened.Should().BeSameAs(before);
        SqliteBench.Ask(next, Count).Should().Be(0L);
    }

    [Theory]
    [InlineData("PRAGMA foreign_keys = 0")]
    [InlineData("BEGIN")]
    [InlineData("SAVEPOINT mine")]
    [InlineData("CREATE TEMP TABLE Mine (Name TEXT)")]
    public void A_connection_that_was_changed_is_for_nobody_else(string change)
    {
        PreparedConnection changed;
        using (var connection = _bench.Open())
        {
            changed = connection.Opened;
            SqliteBench.Run(connection, change);
        }

        changed.Connection.State.Should().Be(ConnectionState.Closed);
        using var next = _bench.Open();
        next.Opened.Should().NotBeSameAs(changed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nor_is_one_whose_rows_somebody_still_reads(int readers)
    {
        using var connection = _bench.Open();
        var left = connection.Opened;
        for (var reader = 0; reader < readers; reader++) SqliteBench.Command(connection, "SELECT 1").ExecuteReader().Read().Should().BeTrue();
        connection.Close();

        left.Connection.State.Should().Be(ConnectionState.Closed);
    }

    [Fact]
    public void What_a_burst_has_opened_closes_after_a_rest()
    {
        var burst = Borrowed(20);
        burst.Should().OnlyHaveUniqueItems().And.OnlyContain(connection => IsOpen(connection));
        Borrowed(20).Should().BeEquivalentTo(burst, "they are lent again, and no further ones opened");

        _bench.Time.Advance(SqliteConnections.LongestRest);
        for (var use = 0; use < burst.Count; use++) Borrowed(1);

        burst.Where(IsOpen).Should().ContainSingle();
    }

    [Fact]
    public void At_the_end_every_connection_closes()
    {
        var resting = Borrowed(3);
        using var late = _bench.Open();
        var lent = late.Opened;
        _bench.Connections.Dispose();
        late.Close();

        resting.Append(lent).Should().OnlyContain(connection => !IsOpen(connection));
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>Borrows so many at once, and returns them.</summary>
    private List<PreparedConnection> Borrowed(int count)
    {
        var connections = Enumerable.Range(0, count).Select(_ => _bench.Open()).ToList();
        var borrowed = connections.ConvertAll(connection => connection.Opened);
        connections.ForEach(connection => connection.Dispose());
        return borrowed;
    }

    private static bool IsOpen(PreparedConnection connection) => connection.Connection.State == ConnectionState.Open;
}
