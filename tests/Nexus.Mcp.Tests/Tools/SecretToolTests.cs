using System.Text.Json;
using Nexus.Core.Access;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Tools;

/// <summary>The vault over the wire, on a server of its own.</summary>
public sealed class SecretToolTests : IAsyncLifetime
{
    private const string Canary = "canary-value-5d1c";

    private readonly McpServerFixture _server = new();

    [Fact]
    public async Task A_secret_is_created_listed_changed_and_deleted_and_its_value_comes_back_nowhere()
    {
        var answers = new List<JsonElement>();
        async Task<JsonElement> DoAsync(string tool, object? arguments = null)
        {
            answers.Add(await _server.DoAsync(tool, arguments));
            return answers[^1];
        }

        var created = (await DoAsync("nexusai_secrets_create", new { name = "TOKEN", value = Canary, environment = "STAGING" })).GetProperty("secret");
        var id = created.GetProperty("id").GetString();
        created.GetProperty("version").GetInt32().Should().Be(1);
        created.GetProperty("environment").GetString().Should().Be("STAGING");
        (await DoAsync("nexusai_secrets_list", new { environment = "STAGING" })).GetProperty("secrets").GetArrayLength().Should().Be(1);
        (await DoAsync("nexusai_secrets_list", new { environment = "PRODUCTION" })).GetProperty("secrets").GetArrayLength().Should().Be(0);
        (await DoAsync("nexusai_secrets_update", new { secretId = id, value = Canary + "2" })).GetProperty("secret")
            .GetProperty("version").GetInt32().Should().Be(2);
        await DoAsync("nexusai_secrets_delete", new { secretId = id });
        (await DoAsync("nexusai_secrets_list")).GetProperty("secrets").GetArrayLength().Should().Be(0);

        answers.Should().NotContain(answer => answer.GetRawText().Contains(Canary));
        _server.Log.Lines.Should().NotContain(line => line.Contains(Canary));
    }

    [Fact]
    public async Task A_refusal_names_the_argument_and_never_repeats_the_value()
    {
        var name = await _server.FailAsync("nexusai_secrets_create", new { name = "not a name", value = Canary });
        var value = await _server.FailAsync("nexusai_secrets_create", new { name = "TOKEN", value = Canary + "\0" });
        var missing = await _server.FailAsync("nexusai_secrets_update", new { secretId = Guid.NewGuid(), value = Canary });

        name.Field.Should().Be("name");
        value.Field.Should().Be("value");
        missing.Code.Should().Be("SECRET_NOT_FOUND");
        foreach (var failure in new[] { name, value, missing }) failure.Result.GetRawText().Should().NotContain(Canary);
    }

    [Fact]
    public async Task Somebody_without_the_permission_learns_what_is_missing()
    {
        var auditor = await _server.JoinAsync(Role.Auditor);

        (await _server.FailAsync("nexusai_secrets_list", null, auditor)).Code.Should().Be("PERMISSION_DENIED");
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
