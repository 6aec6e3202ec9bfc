using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Nexus.Core.Access;
using Nexus.Core.Audit;
using Nexus.Core.Commands;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Audit;

/// <summary>Who tampers with the audit here can write to the database as they like, but has not the operator's key.</summary>
public sealed class AuditChainTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Fifty_commands_at_once_make_one_chain_without_gaps(DatabaseKind kind)
    {
        await using var host = await CoreHost.StartAsync(
            await CoreHost.NewDatabaseAsync(kind, postgres), (await engines.GetAsync()).Endpoint.OriginalString);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() => Outcome.OfAsync(() => host.Commands.CreateAsync(
            host.Owner, new() { Image = "nginx:latest", Port = 80, Name = $"app-{number % 40}" }, CommandOptions.None, default)))));

        outcomes.Should().Contain("OK").And.Contain("NAME_TAKEN");
        var report = await ReportAsync(host);
        report.Findings.Should().BeEmpty();
        (report.First, report.Last).Should().Be((1, 50));
        (await SequencesAsync(host)).Should().Equal(Enumerable.Range(1, 50).Select(number => (long)number));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_change_of_any_field_is_found_and_located(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await WriteAsync(host, 5);
        await using var db = await host.Database.CreateDbContextAsync();
        var third = await db.AuditRecords.AsNoTracking().SingleAsync(record => record.OrganizationId == host.Owner.OrganizationId && record.Sequence == 3);

        foreach (var property in db.Model.FindEntityType(typeof(AuditRecord))!.GetProperties())
        {
            await ChangeAsync(db, third, property);
            (await FindingsAsync(host)).Should().Contain(finding => finding.Sequence == 3, $"{property.Name} was changed");
            await RestoreAsync(db, third);
            (await FindingsAsync(host)).Should().BeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Removal_reordering_and_additions_are_found_and_located(DatabaseKind kind)
    {
        (string Sql, long At)[] attacks =
        [
            ("""DELETE FROM "AuditRecords" WHERE "Sequence" = 4""", 4),
            ("""DELETE FROM "AuditRecords" WHERE "Sequence" >= 7""", 7),
            ("""UPDATE "AuditRecords" SET "Sequence" = 100 WHERE "Sequence" = 2; UPDATE "AuditRecords" SET "Sequence" = 2 WHERE "Sequence" = 3; UPDATE "AuditRecords" SET "Sequence" = 3 WHERE "Sequence" = 100""", 2),
            ("""UPDATE "AuditRecords" SET "Sequence" = 9 WHERE "Sequence" = 3""", 3),
            ("""DELETE FROM "AuditRecords" WHERE "Sequence" = 1""", 1),
        ];
        foreach (var (sql, at) in attacks)
        {
            await using var host = await StartAsync(kind);
            await WriteAsync(host, 8);
            await ExecuteAsync(host, sql);
            (await FindingsAsync(host)).Should().Contain(finding => finding.Sequence == at, sql);
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_tail_cut_off_is_found_even_where_the_chains_end_is_set_back_and_records_follow(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await WriteAsync(host, 8);
        await ExecuteAsync(
            host,
            """
            DELETE FROM "AuditRecords" WHERE "Sequence" > 5;
            UPDATE "AuditChains" SET "Sequence" = 5, "Hash" = (SELECT "Hash" FROM "AuditRecords" WHERE "Sequence" = 5 AND "OrganizationId" = "AuditChains"."OrganizationId");
            """);
        (await FindingsAsync(host)).Should().ContainSingle().Which.Text.Should().Contain("seal");
        await WriteAsync(host, 2);
        (await FindingsAsync(host)).Should().ContainSingle("no seal is made for a chain that was changed").Which.Text.Should().Contain("seal");
    }

    [Fact]
    public async Task A_chain_whose_ends_were_removed_does_not_begin_anew_in_silence()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await WriteAsync(host, 3);
        await ExecuteAsync(host, """DELETE FROM "AuditChains" """);
        (await FindingsAsync(host)).Should().ContainSingle().Which.Text.Should().Contain("gone");
        await WriteAsync(host, 1);
        (await FindingsAsync(host)).Should().ContainSingle().Which.Text.Should().Contain("seal");
    }

    [Fact]
    public async Task An_older_copy_put_in_place_lacks_a_hash_that_was_noted()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await WriteAsync(host, 3);
        var noted = (await ReportAsync(host)).Hash;
        (await host.Get<AuditVerifier>().ContainsAsync(noted, default)).Should().BeTrue();
        (await host.Get<AuditVerifier>().ContainsAsync(noted.Replace(noted[0], noted[0] == 'a' ? 'b' : 'a'), default)).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Retention_removes_the_oldest_and_the_chain_stays_provable(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await WriteAsync(host, 6);
        var removed = (await ReportAsync(host)).Hash;

        (await host.Get<AuditPruning>().PruneAsync(host.Owner.OrganizationId, DateTimeOffset.UtcNow.AddDays(1), default)).Should().Be(6);
        (await host.Get<AuditPruning>().PruneAsync(host.Owner.OrganizationId, DateTimeOffset.UtcNow.AddDays(-1), default)).Should().Be(0);
        await WriteAsync(host, 2);

        var report = await ReportAsync(host);
        report.Findings.Should().BeEmpty();
        (report.First, report.Last).Should().Be((7, 9));
        (await host.Get<AuditVerifier>().ContainsAsync(removed, default)).Should().BeTrue("what retention removed ends in the chain's start");
        await using var db = await host.Database.CreateDbContextAsync();
        (await db.AuditRecords.SingleAsync(record => record.Operation == AuditPruning.Operation)).Arguments.Should().Contain(removed);
    }

    [Fact]
    public async Task What_was_changed_is_not_removed_by_retention()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await WriteAsync(host, 4);
        await ExecuteAsync(host, """UPDATE "AuditRecords" SET "Outcome" = 'OK!' WHERE "Sequence" = 2""");
        (await host.Get<AuditPruning>().PruneAsync(host.Owner.OrganizationId, DateTimeOffset.UtcNow.AddDays(1), default)).Should().Be(0);
        (await FindingsAsync(host)).Should().ContainSingle(finding => finding.Sequence == 2);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Records_of_before_there_were_chains_are_chained_once(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var database = await CoreHost.NewDatabaseAsync(kind, postgres) ?? new DatabaseOptions { DataDirectory = folder.Path };
        await using var host = await CoreHost.StartAsync(database);
        await WriteAsync(host, 5);
        await using (var db = await host.Database.CreateDbContextAsync())
        {
            var before = db.Database.GetMigrations().TakeWhile(name => !name.EndsWith("_AuditChain", StringComparison.Ordinal)).Last();
            await db.GetService<IMigrator>().MigrateAsync(before);
            await db.GetService<IMigrator>().MigrateAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => host.Get<AuditChains>().AdoptAsync(default))));
        await WriteAsync(host, 1);

        (await FindingsAsync(host)).Should().BeEmpty();
        (await SequencesAsync(host)).Should().Equal(1, 2, 3, 4, 5, 6);
        await ExecuteAsync(host, """UPDATE "AuditRecords" SET "Surface" = 'mcp' WHERE "Sequence" = 3""");
        await host.Get<AuditChains>().AdoptAsync(default);
        (await FindingsAsync(host)).Should().ContainSingle(finding => finding.Sequence == 3);
    }

    [Fact]
    public async Task The_seal_follows_the_operators_key()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await WriteAsync(host, 3);
        var (old, key) = (new VaultKey(new byte[32]), new VaultKey([.. Enumerable.Repeat((byte)7, 32)]));

        (await Outcome.OfAsync(() => new AuditVerifier(host.Database, new(key)).VerifyAsync(default))).Should().Be("WRONG_ENCRYPTION_KEY");
        var resealed = await new AuditChains(host.Database, new(key, old), NullLogger<AuditChains>.Instance).ResealAsync(default);

        resealed.Should().Be(1);
        var reports = await new AuditVerifier(host.Database, new(key)).VerifyAsync(default);
        reports.Single(report => report.OrganizationId == host.Owner.OrganizationId).Findings.Should().BeEmpty();
    }

    private async Task<CoreHost> StartAsync(DatabaseKind kind) =>
        await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));

    private static async Task WriteAsync(CoreHost host, int records)
    {
        for (var number = 0; number < records; number++)
        {
            await host.Get<AuditLog>().WriteAsync(
                AuditEntry.By(host.Owner, Operation.ScaleDeployment) with { Target = $"{number}", Arguments = new { replicas = number } }, default);
        }
    }

    private static async Task<AuditReport> ReportAsync(CoreHost host) =>
        (await host.Get<AuditVerifier>().VerifyAsync(default)).Single(report => report.OrganizationId == host.Owner.OrganizationId);

    private static async Task<IReadOnlyList<AuditFinding>> FindingsAsync(CoreHost host) => (await ReportAsync(host)).Findings;

    private static async Task<List<long>> SequencesAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.AuditRecords.Where(record => record.OrganizationId == host.Owner.OrganizationId)
            .OrderBy(record => record.Sequence).Select(record => record.Sequence).ToListAsync();
    }

    private static async Task ExecuteAsync(CoreHost host, string sql)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    private static async Task ChangeAsync(NexusDbContext db, AuditRecord record, IProperty property)
    {
        object value = property.PropertyInfo!.GetValue(record) switch
        {
            Guid => Guid.NewGuid(),
            long number => number + 100,
            DateTimeOffset time => time.AddMicroseconds(1),
            string { Length: > 0 } text => (char)(text[0] ^ 1) + text[1..],
            _ => "x",
        };
        var sql = """UPDATE "AuditRecords" SET "COLUMN" = {0} WHERE "Id" = {1}""".Replace("COLUMN", property.Name, StringComparison.Ordinal);
        await db.Database.ExecuteSqlRawAsync(sql, Raw(db, value), Raw(db, record.Id));
    }

    /// <summary>Puts the row back byte for byte, wherever the change has taken it.</summary>
    private static async Task RestoreAsync(NexusDbContext db, AuditRecord record)
    {
        await db.Database.ExecuteSqlRawAsync(
            """DELETE FROM "AuditRecords" WHERE "Sequence" IN (3, 103)""");
        db.ChangeTracker.Clear();
        db.Add(record);
        await db.SaveChangesAsync();
    }

    private static object Raw(NexusDbContext db, object value) => db.Database.IsNpgsql() ? value : value switch
    {
        Guid id => id.ToString().ToUpperInvariant(),
        DateTimeOffset time => time.UtcTicks,
        _ => value,
    };
}
