using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Builds;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Tools;

/// <summary>Deployments from source over the wire, on a server of its own that builds nothing.</summary>
public sealed class SourceToolTests : IAsyncLifetime
{
    private const string Url = "https://github.com/acme/web-shop.git";
    private readonly McpServerFixture _server = new();

    [Fact]
    public async Task A_repository_is_recorded_with_everything_that_was_asked_and_nothing_is_fetched()
    {
        await _server.DoAsync("nexusai_secrets_create", new { name = "GIT_TOKEN", value = "tok-1234" });

        var created = await _server.DoAsync("nexusai_deploy_source", new
        {
            repoUrl = Url,
            repoBranch = "release",
            repoSecretName = "GIT_TOKEN",
            environment = "STAGING",
            port = 3000,
            envVars = new { A = "1" },
            framework = "node",
            installCommand = "npm ci",
            buildCommand = "npm run build",
            startCommand = "node dist/main.js",
            healthCheckUrl = "/health",
            autoDestroyHours = 5,
        });

        created.GetProperty("deployment").GetProperty("name").GetString().Should().Be("web-shop");
        created.GetProperty("deployment").GetProperty("status").GetString().Should().Be("QUEUED");
        await using var db = await _server.OpenDatabaseAsync();
        var revision = await db.Revisions.SingleAsync();
        revision.Source.Should().Be(new SourceRecipe
        {
            RepoUrl = Url,
            Branch = "release",
            SecretName = "GIT_TOKEN",
            Framework = "node",
            InstallCommand = "npm ci",
            BuildCommand = "npm run build",
            StartCommand = "node dist/main.js",
            Port = 3000,
        });
        (await db.SecretUses.SingleAsync()).Name.Should().Be("GIT_TOKEN");
        (await _server.FailAsync("nexusai_secrets_delete", new { secretId = (await db.Secrets.SingleAsync()).Id })).Code.Should().Be("SECRET_IN_USE");
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_be_and_judges_a_given_Dockerfile()
    {
        var plan = (await _server.DoAsync("nexusai_deploy_source", new { repoUrl = Url, dockerfile = "FROM node:22\n", dryRun = true })).GetProperty("plan").GetRawText();
        plan.Should().Contain(Url).And.Contain("(found out when it is built)").And.NotContain("FROM node");

        var refused = await _server.FailAsync(
            "nexusai_deploy_source", new { repoUrl = Url, dryRun = true, dockerfile = "FROM postfix:latest\nEXPOSE 22\nEXPOSE 25\n" });

        (refused.Code, refused.Message, refused.Field).Should().Be(("DOCKERFILE_REJECTED", "Dockerfile validation failed", "dockerfile"));
        var details = JsonDocument.Parse(refused.Result.GetProperty("content")[0].GetProperty("text").GetString()!).RootElement
            .GetProperty("error").GetProperty("details").EnumerateArray().Select(one => one.GetProperty("message").GetString());
        details.Should().Contain("Base image postfix:latest is not allowed").And.Contain("Exposing port 22 is not allowed")
            .And.Contain("Exposing privileged port 25 is not allowed");
        await NothingIsThereAsync();
    }

    [Theory]
    [InlineData("""{"repoUrl":"https://ada:tok-5e3a@github.com/acme/web"}""", "REPOSITORY_URL_NOT_ALLOWED", "repoUrl")]
    [InlineData("""{"repoUrl":"file:///etc"}""", "REPOSITORY_URL_NOT_ALLOWED", "repoUrl")]
    [InlineData("""{"repoUrl":"ssh://git@github.com/acme/web"}""", "REPOSITORY_URL_NOT_ALLOWED", "repoUrl")]
    [InlineData("""{"repoUrl":"git@github.com:acme/web"}""", "REPOSITORY_URL_NOT_ALLOWED", "repoUrl")]
    [InlineData("""{"repoUrl":"ext::sh -c id"}""", "REPOSITORY_URL_NOT_ALLOWED", "repoUrl")]
    [InlineData("""{"repoUrl":"http://github.com/acme/web"}""", "REPOSITORY_URL_NOT_ALLOWED", "repoUrl")]
    [InlineData("""{"repoUrl":"https://127.0.0.1/acme/web"}""", "REPOSITORY_ADDRESS_NOT_ALLOWED", "repoUrl")]
    [InlineData("""{"repoUrl":"https://169.254.169.254/latest/meta-data"}""", "REPOSITORY_ADDRESS_NOT_ALLOWED", "repoUrl")]
    [InlineData("""{"repoUrl":"https://[::1]/acme/web"}""", "REPOSITORY_ADDRESS_NOT_ALLOWED", "repoUrl")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","repoBranch":"--upload-pack=id"}""", "INVALID_BRANCH", "repoBranch")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","repoSecretName":"NOT_THERE"}""", "SECRET_NOT_FOUND", "repoSecretName")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","envVars":{"A":"${secret:NOT_THERE}"}}""", "SECRET_NOT_FOUND", "envVars")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","framework":"cobol"}""", "UNKNOWN_FRAMEWORK", "framework")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","buildCommand":"a\nRUN b"}""", "INVALID_BUILD_SETTING", "buildCommand")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","outputDir":"../.."}""", "INVALID_BUILD_SETTING", "outputDir")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","port":"80"}""", "INVALID_ARGUMENTS", "port")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","dockerfile":"FROM"}""", "DOCKERFILE_REJECTED", "dockerfile")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","dockerfile":"FROM nexus-build/0193a5b0c0de7000800000000000000a:r1"}""", "DOCKERFILE_REJECTED", "dockerfile")]
    [InlineData("""{"repoUrl":"https://github.com/acme/web","provider":"gcp_cloud_run"}""", "PROVIDER_UNAVAILABLE", "provider")]
    public async Task What_can_not_be_built_is_refused_before_anything_is_fetched(string arguments, string code, string field)
    {
        var refused = await _server.FailAsync("nexusai_deploy_source", JsonDocument.Parse(arguments).RootElement);

        (refused.Code, refused.Field).Should().Be((code, field));
        refused.Hint.Should().NotBeNullOrEmpty();
        refused.Result.GetRawText().Should().NotContain("tok-5e3a");
        await NothingIsThereAsync();
    }

    [Fact]
    public async Task The_build_log_is_fenced_continued_and_kept_apart_from_what_the_application_prints()
    {
        await _server.DoAsync("nexusai_deploy_source", new { repoUrl = Url, name = "web" });
        await using (var db = await _server.OpenDatabaseAsync())
        {
            var id = (await db.Deployments.SingleAsync()).Id;
            db.AddRange(Enumerable.Range(1, 30).Select(number => new BuildLogLine
            {
                DeploymentId = id,
                Revision = 1,
                Number = number,
                At = DateTimeOffset.UnixEpoch.AddSeconds(number),
                Stream = "build",
                Text = $"step {number}",
            }));
            await db.SaveChangesAsync();
        }

        var page = await _server.DoAsync("nexusai_deploy_logs", new { deploymentId = "web", type = "build", lines = 2, search = "STEP 1" });
        var texts = page.GetProperty("untrustedOutput").GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("text").GetString());
        texts.Should().Equal("step 18", "step 19");
        var next = await _server.DoAsync("nexusai_deploy_logs", new { deploymentId = "web", type = "build", cursor = page.GetProperty("cursor").GetString() });
        next.GetProperty("untrustedOutput").GetProperty("lines").GetArrayLength().Should().Be(11);
        (await _server.DoAsync("nexusai_deploy_logs", new { deploymentId = "web" })).GetProperty("untrustedOutput").GetProperty("lines").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task The_audit_keeps_no_credential_of_an_address()
    {
        await _server.FailAsync("nexusai_deploy_source", new { repoUrl = "https://ada:tok-5e3a@github.com/acme/web", dockerfile = "FROM node:22 # tok-5e3a" });

        await using var db = await _server.OpenDatabaseAsync();
        (await db.AuditRecords.ToListAsync()).Should().NotContain(record => record.Arguments.Contains("tok-5e3a"));
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task NothingIsThereAsync()
    {
        await using var db = await _server.OpenDatabaseAsync();
        (await db.Deployments.CountAsync()).Should().Be(0);
        (await db.Revisions.CountAsync()).Should().Be(0);
    }
}
