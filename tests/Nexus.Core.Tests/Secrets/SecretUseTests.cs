using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Projects;
using Nexus.Core.Secrets;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Hosting.Outcome;

namespace Nexus.Core.Tests.Secrets;

/// <summary>Secrets in the variables of real containers: who gets which value, and where it must not show.</summary>
public sealed class SecretUseTests(Shared<DockerEngine> engines)
{
    private const string First = "canary-first-81bd";
    private const string Second = "canary-second-22fe";

    [Fact]
    public async Task A_container_gets_the_value_and_nothing_else_shows_it()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true);
        var secret = await CreateAsync(host, "TOKEN", First);
        var web = await host.Commands.CreateAsync(host.Owner, Printing("prefix-${secret:TOKEN}"), CommandOptions.None, default);
        await RunningAsync(host, web.Deployment.Id);

        (await VariableAsync(engine, web.Deployment.Id)).Should().Be($"prefix-{First}");
        await Poll.UntilAsync(async () => (await LogAsync(host)).Contains("started with"), "the container to print it");
        (await LogAsync(host)).Should().Contain("prefix-[redacted]").And.NotContain(First);
        foreach (var file in Directory.GetFiles(host.DataDirectory))
            (await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1)).Should().NotContain(First);

        await host.Get<SecretCommands>().UpdateAsync(host.Owner, secret, Second, new(), default);
        (await VariableAsync(engine, web.Deployment.Id)).Should().Be($"prefix-{First}", "what runs keeps its version");
        await host.Get<RevisionCommands>().RedeployAsync(host.Owner, "web", new(), CommandOptions.None, default);
        await RunningAsync(host, web.Deployment.Id);
        (await VariableAsync(engine, web.Deployment.Id)).Should().Be($"prefix-{Second}");

        await host.Get<RevisionCommands>().RollBackAsync(host.Owner, "web", null, CommandOptions.None, default);
        await RunningAsync(host, web.Deployment.Id);
        (await VariableAsync(engine, web.Deployment.Id)).Should().Be($"prefix-{First}", "a rollback brings the version of then back");
        await host.Commands.DeleteAsync(host.Owner, "web", CommandOptions.None, default);
        await host.SettledAsync(web.Deployment.Id.ToString());
    }

    [Fact]
    public async Task A_failure_shows_the_log_without_the_value()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true);
        await CreateAsync(host, "TOKEN", First);
        var asked = Printing("${secret:TOKEN}") with { Command = ["sh", "-c", "echo started with $TOKEN; exit 3"] };

        var created = await host.Commands.CreateAsync(host.Owner, asked, CommandOptions.None, default);

        var report = await host.SettledAsync(created.Deployment.Id.ToString());
        report.LastFailure!.LogTail.Should().Contain("started with [redacted]");
    }

    [Fact]
    public async Task A_secret_in_use_is_not_deleted_and_the_refusal_names_the_deployments()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString);
        var secret = await CreateAsync(host, "TOKEN", First);
        await host.Commands.CreateAsync(host.Owner, Printing("${secret:TOKEN}"), CommandOptions.None, default);

        var refusal = await Refused(() => host.Get<SecretCommands>().DeleteAsync(host.Owner, secret, new(), default), "SECRET_IN_USE");
        refusal.Which.Message.Should().Contain("web");

        await host.Commands.DeleteAsync(host.Owner, "web", CommandOptions.None, default);
        await MarkDeletedAsync(host);
        await host.Get<SecretCommands>().DeleteAsync(host.Owner, secret, new(), default);
    }

    [Theory]
    [InlineData("${secret:MISSING}")]
    [InlineData("${secret:}")]
    [InlineData("${secret:not a name}")]
    public async Task An_unknown_name_is_refused_at_the_command(string value)
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString);

        var refusal = await Refused(
            () => host.Commands.CreateAsync(host.Owner, Printing(value), CommandOptions.None, default), "SECRET_NOT_FOUND");

        refusal.Which.Field.Should().Be("envVars");
    }

    [Fact]
    public async Task Another_environments_projects_or_organisations_secret_is_as_good_as_none()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString);
        var other = await AddProjectAsync(host);
        await CreateAsync(host, "ONE", First, environment: DeploymentEnvironment.Production);
        await CreateAsync(host, "TWO", First, other);
        var stranger = await host.StrangerAsync();
        await host.Get<SecretCommands>().CreateAsync(stranger, new("THREE", First), CommandOptions.None, default);

        foreach (var name in new[] { "ONE", "TWO", "THREE" })
        {
            await Refused(
                () => host.Commands.CreateAsync(host.Owner, Printing("${secret:" + name + "}"), CommandOptions.None, default),
                "SECRET_NOT_FOUND");
        }
    }

    [Fact]
    public async Task Of_several_secrets_of_a_name_the_closest_counts()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString);
        await using var db = await host.Database.CreateDbContextAsync();
        var project = (await db.Projects.SingleAsync(project => project.Name == Project.DefaultName)).Id;
        await CreateAsync(host, "TOKEN", First);
        await CreateAsync(host, "TOKEN", First, environment: DeploymentEnvironment.Development);
        var closest = await CreateAsync(host, "TOKEN", First, project, DeploymentEnvironment.Development);
        await CreateAsync(host, "TOKEN", First, project);

        await host.Commands.CreateAsync(host.Owner, Printing("${secret:TOKEN}"), CommandOptions.None, default);

        (await db.SecretUses.SingleAsync()).SecretId.Should().Be(closest);
    }

    private static CreateDeployment Printing(string value) => new()
    {
        Image = "alpine:nexus-test",
        Port = 80,
        Name = "web",
        HealthCheckType = HealthCheckType.None,
        Command = ["sh", "-c", "echo started with $TOKEN; sleep 600"],
        EnvVars = new Dictionary<string, string?> { ["TOKEN"] = value },
    };

    private static async Task<Guid> CreateAsync(
        CoreHost host, string name, string value, Guid? project = null, DeploymentEnvironment? environment = null) =>
        (await host.Get<SecretCommands>().CreateAsync(
            host.Owner, new(name, value, project, environment), CommandOptions.None, default)).Secret.Id;

    private static async Task<Guid> AddProjectAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        var project = new Project
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = host.Owner.OrganizationId,
            Name = "other",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        db.Add(project);
        await db.SaveChangesAsync();
        return project.Id;
    }

    // There is no worker in this test to do it.
    private static async Task MarkDeletedAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        await db.Deployments.ExecuteUpdateAsync(set => set.SetProperty(one => one.DeletedAt, DateTimeOffset.UnixEpoch));
    }

    private static async Task<string> LogAsync(CoreHost host) => string.Join('\n',
        (await host.Logs.ReadAsync(host.Owner, "web", new LogQuery(), default)).Lines.Select(line => line.Text));

    private static async Task<string> VariableAsync(DockerEngine engine, Guid id)
    {
        string[] containers = [];
        await Poll.UntilAsync(
            async () => (containers = (await engine.Cli.RunAsync("ps", "--quiet", "--filter", $"label=nexus.deployment={id}"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)).Length == 1,
            "one container to be left");
        var variables = await engine.Cli.RunAsync("inspect", "--format", "{{range .Config.Env}}{{println .}}{{end}}", containers[0]);
        return variables.Split('\n').Single(line => line.StartsWith("TOKEN=", StringComparison.Ordinal))["TOKEN=".Length..];
    }

    private static async Task RunningAsync(CoreHost host, Guid id)
    {
        var report = await host.SettledAsync(id.ToString());
        report.Deployment.Status.Should().Be(DeploymentStatus.Running, "{0}", report.LastFailure);
    }
}
