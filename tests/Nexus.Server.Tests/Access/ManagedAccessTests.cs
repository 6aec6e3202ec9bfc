using System.Text.RegularExpressions;
using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Access;

/// <summary>What an Owner does at the pages, and what becomes of the next call of an agent whose token is older than that.</summary>
public sealed class ManagedAccessTests : IAsyncLifetime
{
    private const string Email = "grace@example.com";

    private NexusServerProcess _server = null!;
    private PageVisitor _owner = null!;
    private ServerAgent _agent = null!;

    [Fact]
    public async Task What_is_given_and_taken_at_the_pages_counts_at_the_next_call()
    {
        var grace = await _owner.MemberAsync("grace");
        var shop = ProjectOf(await _owner.SubmitAsync("/projects", "Create", ("name", "shop")), "shop");
        (await SecretAsync(shop, "DEVELOPMENT")).Should().Be("PROJECT_NOT_FOUND");

        await _owner.SubmitAsync("/projects", "Assign", ("project", shop), ("member", $"{grace}"));
        (await SecretAsync(shop, "DEVELOPMENT")).Should().BeNull();
        (await SecretAsync(shop, "PRODUCTION")).Should().Be("ENVIRONMENT_NOT_ALLOWED");

        await _owner.SubmitAsync("/people", "Grants", ("member", $"{grace}"), ("environments", "Production"));
        (await SecretAsync(shop, "PRODUCTION")).Should().BeNull();
        await _owner.SubmitAsync("/people", "Grants", ("member", $"{grace}"));
        (await SecretAsync(shop, "PRODUCTION")).Should().Be("ENVIRONMENT_NOT_ALLOWED");

        await _owner.SubmitAsync("/projects", "Take", ("project", shop), ("member", $"{grace}"));
        (await SecretAsync(shop, "DEVELOPMENT")).Should().Be("PROJECT_NOT_FOUND");

        await _owner.SubmitAsync("/people", "Role", ("member", $"{grace}"), ("role", "BillingManager"));
        (await SecretAsync(shop, "DEVELOPMENT")).Should().Be("PERMISSION_DENIED");

        await _owner.SubmitAsync("/people", "Remove", ("member", $"{grace}"));
        var call = () => SecretAsync(shop, "DEVELOPMENT");
        (await call.Should().ThrowAsync<InvalidOperationException>()).WithMessage("/mcp answered 401*");
    }

    public async ValueTask InitializeAsync()
    {
        _server = await NexusServerProcess.StartAsync(new NexusServerOptions { Variables = ServerAgent.OwnerVariables });
        _owner = new PageVisitor(_server.BaseUrl);
        await _owner.SignInAsync();
        await _owner.InviteAsync(_server.BaseUrl, Email, "Member");
        _agent = new ServerAgent(_server.BaseUrl, Email);
        await _agent.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    private Task<string?> SecretAsync(string projectId, string environment) =>
        _agent.CodeAsync("nexusai_secrets_create", new { name = "TOKEN", value = "v", projectId, environment, dryRun = true });

    private static string ProjectOf(string page, string name) =>
        Regex.Match(page, $"<h2 class=\"item name\">{name}</h2>.*?<code>([^<]+)</code>", RegexOptions.Singleline).Groups[1].Value;
}
