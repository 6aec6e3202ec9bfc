using FluentAssertions;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Plans;
using Nexus.Core.Secrets;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Deployments;

/// <summary>Databases beside deployments: a real PostgreSQL and a real Redis on a real engine.</summary>
public sealed class AttachedDatabaseTests(Shared<DockerEngine> engines) : IAsyncLifetime
{
    /// <summary>Counts its own starts in PostgreSQL, asks Redis whether it is there, and serves both answers.</summary>
    private const string CountStarts = """
        set -e
        starts=$(psql -qtA "$DATABASE_URL" -c 'create table if not exists starts (n int); insert into starts values (1); select count(*) from starts')
        mkdir -p /www
        echo "$starts $(redis-cli -u "$REDIS_URL" --no-auth-warning ping)" >/www/index.html
        echo "the password is $POSTGRES_PASSWORD"
        exec busybox httpd -f -p 8000 -h /www
        """;

    private static readonly PlanOptions Plan = new() { MemoryBytes = 256L * 1024 * 1024, Cpus = 0.75 };

    private DockerEngine _engine = null!;

    [Fact]
    public async Task Databases_come_up_first_keep_their_data_and_go_with_their_deployment()
    {
        await using var host = await StartAsync();
        var id = await DeployAsync(host, "counter");
        (await PageAsync(id)).Should().Be("1 PONG");
        (await LimitsAsync(id, "nexus.replica")).Should().Equal("256 MiB, 0.75 cores");
        (await LimitsAsync(id, "nexus.database")).Should().Equal("512 MiB, 0.75 cores", "512 MiB, 0.75 cores");

        await host.Revisions.RedeployAsync(host.Owner, "counter", new(), CommandOptions.None, default);
        await RunningAsync(host, "counter");
        (await PageAsync(id)).Should().Be("2 PONG", "data outlive a redeploy");

        await host.Commands.StopAsync(host.Owner, "counter", CommandOptions.None, default);
        await host.SettledAsync("counter");
        (await RunningContainersAsync(id)).Should().BeEmpty();
        await host.Commands.StartAsync(host.Owner, "counter", CommandOptions.None, default);
        await RunningAsync(host, "counter");
        (await PageAsync(id)).Should().Be("3 PONG");

        await host.Commands.DeleteAsync(host.Owner, "counter", CommandOptions.None, default);
        await Poll.UntilAsync(async () => (await NamesAsync("ps", id)).Length == 0 && (await NamesAsync("volume", id)).Length == 0, "everything to go");
    }

    [Fact]
    public async Task Two_deployments_of_a_project_each_see_their_own_and_no_log_or_file_shows_a_password()
    {
        await using var host = await StartAsync();
        var one = await DeployAsync(host, "one");
        var two = await DeployAsync(host, "two");

        (await PageAsync(one)).Should().Be("1 PONG");
        (await PageAsync(two)).Should().Be("1 PONG", "postgresql means the deployment's own");
        var log = await host.Logs.ReadAsync(host.Owner, "one", new LogQuery(), default);
        log.Lines.Should().Contain(line => line.Text == "the password is [redacted]");
        foreach (var password in await host.Get<AttachedCredentials>().PasswordsAsync(one, default))
            foreach (var file in Directory.GetFiles(host.DataDirectory, "*.db*"))
                System.Text.Encoding.Latin1.GetString(await ReadAsync(file)).Should().NotContain(password);

        foreach (var name in new[] { "one", "two" }) await host.Commands.DeleteAsync(host.Owner, name, CommandOptions.None, default);
        await Poll.UntilAsync(async () => (await NamesAsync("volume", one)).Length + (await NamesAsync("volume", two)).Length == 0, "both to go");
    }

    [Fact]
    public async Task Passwords_move_to_a_new_key_with_the_vault()
    {
        await using var host = await StartAsync(worker: false);
        await host.Commands.CreateAsync(host.Owner, Asked("kept"), CommandOptions.None, default);
        var (old, next) = (new VaultKey(new byte[32]), new VaultKey([.. Enumerable.Repeat((byte)1, 32)]));

        var options = new VaultOptions(next, old);
        (await new Vault(host.Database, new VaultCipher(options), options).RotateAsync(default)).Should().Be(2);

        var alone = new VaultOptions(next);
        await new Vault(host.Database, new VaultCipher(alone), alone).CheckKeysAsync(default);
        await using var db = await host.Database.CreateDbContextAsync();
        var kinds = db.Model.GetEntityTypes().Select(type => type.ClrType).Where(type => type.IsAssignableTo(typeof(ISealedRow)));
        SealedRows.All.Select(rows => rows.Kind).Should().BeEquivalentTo(kinds, "what is left out would be lost with the old key");
    }

    [Theory]
    [InlineData("docker", AttachedDatabaseKind.Redis, AttachedDatabaseKind.Redis, "INVALID_ARGUMENTS")]
    [InlineData("gcp_cloud_run", AttachedDatabaseKind.Redis, AttachedDatabaseKind.Mysql, "PROVIDER_UNAVAILABLE")]
    public async Task What_can_not_be_is_refused(string provider, AttachedDatabaseKind one, AttachedDatabaseKind other, string code)
    {
        await using var host = await StartAsync(worker: false);
        var asked = Asked("refused") with { Provider = provider, Services = [one, other] };
        (await Outcome.OfAsync(() => host.Commands.CreateAsync(host.Owner, asked, CommandOptions.None, default))).Should().Be(code);
    }

    public async ValueTask InitializeAsync() => _engine = await engines.GetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<CoreHost> StartAsync(bool worker = true)
    {
        await _engine.LoadAsync(BaseImage.Postgres);
        await _engine.LoadAsync(BaseImage.Redis);
        return await CoreHost.StartAsync(
            dockerHost: _engine.Endpoint.OriginalString, worker: worker, healthTimeout: TimeSpan.FromSeconds(60), plan: Plan);
    }

    private static CreateDeployment Asked(string name) => new()
    {
        Image = BaseImage.Postgres.Tags[0],
        Port = 8000,
        Name = name,
        Command = ["bash", "-c", CountStarts],
        Services = [AttachedDatabaseKind.Postgresql, AttachedDatabaseKind.Redis],
    };

    private static async Task<Guid> DeployAsync(CoreHost host, string name)
    {
        var created = await host.Commands.CreateAsync(host.Owner, Asked(name), CommandOptions.None, default);
        await RunningAsync(host, name);
        return created.Deployment.Id;
    }

    private static async Task RunningAsync(CoreHost host, string name)
    {
        var report = await host.SettledAsync(name);
        report.Deployment.Status.Should().Be(DeploymentStatus.Running, "{0}", report);
    }

    /// <summary>What the newest replica serves.</summary>
    private async Task<string> PageAsync(Guid id)
    {
        var replica = "";
        await Poll.UntilAsync(
            async () => (replica = (await _engine.Cli.RunAsync("ps", "--quiet", "--filter", $"label=nexus.deployment={id}", "--filter", "label=nexus.replica")).Trim())
                .Split('\n').Length == 1 && replica.Length > 0,
            "one replica");
        return (await _engine.Cli.RunAsync("exec", replica, "cat", "/www/index.html")).Trim();
    }

    private async Task<string[]> LimitsAsync(Guid id, string kind)
    {
        var ids = (await _engine.Cli.RunAsync("ps", "--quiet", "--filter", $"label=nexus.deployment={id}", "--filter", $"label={kind}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var limits = await _engine.Cli.RunAsync(["inspect", "--format", "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}", .. ids]);
        return [.. limits.Split('\n').Select(line => line.Split(' ')).Select(pair => $"{long.Parse(pair[0], null) >> 20} MiB, {long.Parse(pair[1], null) / 1e9} cores")];
    }

    private async Task<string[]> RunningContainersAsync(Guid id) =>
        (await _engine.Cli.RunAsync("ps", "--quiet", "--filter", $"label=nexus.deployment={id}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string[]> NamesAsync(string what, Guid id)
    {
        string[] command = what == "ps" ? ["ps", "--all"] : ["volume", "ls"];
        return (await _engine.Cli.RunAsync([.. command, "--quiet", "--filter", $"label=nexus.deployment={id}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
