using System.Text;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Databases;
using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Databases;

/// <summary>Which databases are registered, by whom, where they may be, and what is kept of their passwords.</summary>
public sealed class SourceTests(Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_source_is_connected_tested_listed_and_deleted(DatabaseKind kind)
    {
        await using var bench = await SourceBench.StartAsync(postgres, storage: await CoreHost.NewDatabaseAsync(kind, postgres));

        var made = await bench.Sources.ConnectAsync(bench.Owner, bench.Asked(), new(), default);
        var test = await bench.Sources.TestAsync(bench.Owner, made.Source.Id, default);
        (await ListAsync(bench)).Should().ContainSingle().Which.Id.Should().Be(made.Source.Id);
        await bench.Sources.DeleteAsync(bench.Owner, made.Source.Id, new(), default);

        test.ServerVersion.Should().StartWith("15.");
        test.Tls.Should().BeFalse();
        test.LatencyMs.Should().BePositive();
        (await ListAsync(bench)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_password_is_neither_in_the_database_file_nor_in_any_answer()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        await bench.Sources.ConnectAsync(bench.Owner, bench.Asked(), new(RequestId: "one"), default);
        var wrong = await FailureAsync(() => bench.Sources.ConnectAsync(
            bench.Owner, bench.Asked("other") with { Password = SourceBench.Password + "x" }, new(RequestId: "two"), default));

        wrong.Code.Should().Be("DATABASE_LOGIN_FAILED");
        $"{wrong} {wrong.Hint}".Should().NotContain(SourceBench.Password);
        bench.Asked().ToString().Should().NotContain(SourceBench.Password);
        await using (var db = await bench.Host.Database.CreateDbContextAsync())
            (await db.AuditRecords.Where(record => record.Operation == "ConnectDatabaseSource").Select(record => record.Outcome).ToListAsync())
                .Should().BeEquivalentTo("OK", "DATABASE_LOGIN_FAILED");
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(bench.Host.DataDirectory))
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).Should().NotContain(SourceBench.Password);
    }

    [Fact]
    public async Task An_address_that_is_not_public_is_refused()
    {
        await using var bench = await SourceBench.StartAsync(postgres, new());

        foreach (var host in (string[])["127.0.0.1", "localhost", "127.1", "::1", "10.0.0.7", "169.254.169.254", "::ffff:127.0.0.1"])
            (await CodeAsync(bench, bench.Asked(host: host))).Should().Be("ADDRESS_NOT_PUBLIC", host);
    }

    [Fact]
    public async Task What_is_no_host_name_is_refused()
    {
        await using var bench = await SourceBench.StartAsync(postgres);

        foreach (var host in (string[])["/var/run/postgresql", "a,b", "db.example.com:5432", "postgres://db.example.com", ""])
            (await CodeAsync(bench, bench.Asked(host: host))).Should().Be("INVALID_ARGUMENTS", host);
    }

    [Fact]
    public async Task The_address_is_judged_again_at_each_connection()
    {
        await using var bench = await SourceBench.StartAsync(postgres, new() { AllowedHosts = ["127.0.0.0/8"] });
        var source = await bench.Host.Get<SourceQueries>().GetAsync(bench.Owner, await bench.ConnectAsync(), default);
        var strict = new ExternalDatabaseOptions();
        var connector = new SourceConnector(new SourceAddresses(strict), strict, TimeProvider.System);
        var sessions = new SourceSessions(connector, bench.Host.Get<SourcePasswords>(), new SourceSlots(strict), strict);

        (await Outcome.OfAsync(() => sessions.BeginAsync(source, readOnly: true, default))).Should().Be("ADDRESS_NOT_PUBLIC");
    }

    [Fact]
    public async Task The_certificate_is_held_against_the_host_that_was_named()
    {
        var authority = (await postgres.GetAsync()).AuthorityFile;
        await using var bench = await SourceBench.StartAsync(
            postgres, new() { AllowedHosts = ["127.0.0.1", "localhost"], AuthoritiesFile = authority });

        (await HowAsync(bench, DatabaseSslMode.Disable, "127.0.0.1")).Should().Be("plain");
        (await HowAsync(bench, DatabaseSslMode.Prefer, "127.0.0.1")).Should().Be("TLS");
        (await HowAsync(bench, DatabaseSslMode.Require, "127.0.0.1")).Should().Be("TLS");
        (await HowAsync(bench, DatabaseSslMode.VerifyCa, "127.0.0.1")).Should().Be("TLS");
        (await HowAsync(bench, DatabaseSslMode.VerifyFull, "127.0.0.1")).Should().Be("DATABASE_TLS_FAILED");
        (await HowAsync(bench, DatabaseSslMode.VerifyFull, "localhost")).Should().Be("TLS");
    }

    [Fact]
    public async Task An_authority_that_nobody_trusts_is_good_for_no_more_than_encryption()
    {
        await using var bench = await SourceBench.StartAsync(postgres);

        (await HowAsync(bench, DatabaseSslMode.Require, "127.0.0.1")).Should().Be("TLS");
        (await HowAsync(bench, DatabaseSslMode.VerifyCa, "127.0.0.1")).Should().Be("DATABASE_TLS_FAILED");
    }

    [Fact]
    public async Task A_connection_that_fails_says_what_to_check()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        var asked = bench.Asked();

        async Task<NexusException> FailAsync(ConnectSource wrong) =>
            await FailureAsync(() => bench.Sources.ConnectAsync(bench.Owner, wrong, new(), default));

        (await FailAsync(asked with { Port = LoopbackPort.Next() })).Field.Should().Be("host");
        (await FailAsync(asked with { DatabaseName = "nothing" })).Field.Should().Be("dbName");
        (await FailAsync(asked with { Username = "agent_nobody" })).Code.Should().Be("DATABASE_LOGIN_FAILED");
        (await FailAsync(asked with { Host = "nowhere.invalid" })).Code.Should().Be("HOST_NOT_FOUND");
    }

    [Fact]
    public async Task A_dry_run_connects_and_keeps_nothing_and_the_same_request_is_done_once()
    {
        await using var bench = await SourceBench.StartAsync(postgres);

        var dry = await bench.Sources.ConnectAsync(bench.Owner, bench.Asked(), new(DryRun: true), default);
        (await ListAsync(bench)).Should().BeEmpty();
        var first = await bench.Sources.ConnectAsync(bench.Owner, bench.Asked(), new(RequestId: "one"), default);
        var second = await bench.Sources.ConnectAsync(bench.Owner, bench.Asked(), new(RequestId: "one"), default);

        dry.Test.Should().NotBeNull();
        second.Source.Should().BeEquivalentTo(first.Source);
        (await Outcome.OfAsync(() => bench.ConnectAsync())).Should().Be("SOURCE_EXISTS");
        (await ListAsync(bench)).Should().ContainSingle();
    }

    [Fact]
    public async Task Other_organisations_see_nothing_and_scopes_and_roles_count()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        var id = await bench.ConnectAsync();
        var stranger = await bench.Host.StrangerAsync();
        var reader = bench.Owner with { Scopes = new HashSet<string> { Scopes.DatabasesRead } };
        var biller = bench.Owner with { Role = Role.BillingManager };

        (await Outcome.OfAsync(() => bench.Sources.TestAsync(stranger, id, default))).Should().Be("SOURCE_NOT_FOUND");
        (await Outcome.OfAsync(() => bench.Sources.DeleteAsync(stranger, id, new(), default))).Should().Be("SOURCE_NOT_FOUND");
        (await bench.Host.Get<SourceQueries>().ListAsync(stranger, new(), default)).Items.Should().BeEmpty();
        (await Outcome.OfAsync(() => bench.Sources.DeleteAsync(reader, id, new(), default))).Should().Be("MISSING_SCOPE");
        (await Outcome.OfAsync(() => bench.Sources.TestAsync(biller, id, default))).Should().Be("PERMISSION_DENIED");
    }

    [Fact]
    public async Task Rotating_the_key_seals_passwords_anew_and_another_key_is_refused_at_the_start()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        var id = await bench.ConnectAsync();
        var database = bench.Host.Get<IDbContextFactory<NexusDbContext>>();
        var (old, next) = (new VaultKey(new byte[32]), new VaultKey([.. Enumerable.Repeat((byte)7, 32)]));

        Vault With(VaultOptions options) => new(database, new VaultCipher(options), options);
        (await Outcome.OfAsync(() => With(new(next)).CheckKeysAsync(default))).Should().Be("WRONG_ENCRYPTION_KEY");
        await With(new(next, old)).RotateAsync(default);

        await using var db = await database.CreateDbContextAsync();
        var source = await db.DatabaseSources.SingleAsync(source => source.Id == id);
        new SourcePasswords(new VaultCipher(new(next))).Open(source).Should().Be(SourceBench.Password);
    }

    private static async Task<IReadOnlyList<SourceSummary>> ListAsync(SourceBench bench) =>
        (await bench.Host.Get<SourceQueries>().ListAsync(bench.Owner, new(), default)).Items;

    private static async Task<string> HowAsync(SourceBench bench, DatabaseSslMode mode, string host)
    {
        try
        {
            var asked = bench.Asked(host: host) with { SslMode = mode };
            return (await bench.Sources.ConnectAsync(bench.Owner, asked, new(DryRun: true), default)).Test!.Tls ? "TLS" : "plain";
        }
        catch (NexusException failure)
        {
            return failure.Code;
        }
    }

    private static Task<string> CodeAsync(SourceBench bench, ConnectSource asked) =>
        Outcome.OfAsync(() => bench.Sources.ConnectAsync(bench.Owner, asked, new(), default));

    private static async Task<NexusException> FailureAsync(Func<Task> act) =>
        (await FluentActions.Awaiting(act).Should().ThrowAsync<NexusException>()).Which;
}
