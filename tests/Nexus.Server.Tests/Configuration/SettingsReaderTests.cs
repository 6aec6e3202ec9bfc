using FluentAssertions;
using Microsoft.Extensions.Configuration;
using Nexus.Server.Configuration;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Configuration;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Without_settings_everything_has_a_default()
    {
        var settings = Read();

        settings.Roles.Should().Be(ServerRole.All);
        settings.ListenUrl.Should().Be("http://localhost:8080");
        settings.Addresses.McpResource.Should().Be("http://localhost:8080/mcp");
        settings.Addresses.Issuer.Should().Be("http://localhost:8080");
        settings.Addresses.AppUrl("web").Should().Be("http://web.localhost:8080");
        settings.Database.IsPostgreSql.Should().BeFalse();
        settings.TrustedProxies.Should().BeEmpty();
    }

    [Fact]
    public void The_issuer_is_kept_byte_for_byte_and_origins_lose_their_slash()
    {
        var settings = Read(
            ("Nexus:Url", "https://nexus.example.com/"), ("OAUTH_ISSUER", "https://Auth.example.com/"), ("Nexus:AppsDomain", "Apps.example.com"));

        settings.Addresses.Url.Should().Be("https://nexus.example.com");
        settings.Addresses.McpResource.Should().Be("https://nexus.example.com/mcp");
        settings.Addresses.Issuer.Should().Be("https://Auth.example.com/");
        settings.Addresses.AppUrl("web").Should().Be("https://web.apps.example.com");
    }

    [Fact]
    public void The_encryption_key_is_made_once_for_its_owner_alone()
    {
        var first = Read().Auth.EncryptionKey;
        var second = Read().Auth.EncryptionKey;

        second.Should().Equal(first).And.HaveCount(32);
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(_folder.At("data", "encryption.key")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(_folder.At("data")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("Nexus:Url", "nexus.example.com")]
    [InlineData("Nexus:Url", "https://nexus.example.com/path")]
    [InlineData("Nexus:Url", "ftp://nexus.example.com")]
    [InlineData("OAUTH_ISSUER", "https://nexus.example.com?x=1")]
    [InlineData("OAUTH_ISSUER", "https://user@nexus.example.com")]
    [InlineData("MCP_ORIGIN", "localhost:8080")]
    [InlineData("Nexus:Port", "0")]
    [InlineData("Nexus:Port", "65536")]
    [InlineData("Nexus:Port", "eighty")]
    [InlineData("Nexus:AppsDomain", "http://apps.example.com")]
    [InlineData("Nexus:AppsDomain", "127.0.0.1")]
    [InlineData("Nexus:Roles", "mcp,queen")]
    [InlineData("Nexus:Roles", "15")]
    [InlineData("Nexus:Logs", "xml")]
    [InlineData("Nexus:Database", "nonsense")]
    [InlineData("Nexus:TrustedProxies", "proxy.internal")]
    [InlineData("Nexus:Images:Pull", "never")]
    [InlineData("Nexus:Docker:Reach", "1")]
    [InlineData("Nexus:Docker:HostPorts", "80,0")]
    [InlineData("Nexus:Docker:HostPorts", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16")]
    [InlineData("Nexus:Images:AllowedPrefixes", "Not An Image")]
    [InlineData("Nexus:Rollouts:HealthTimeoutSeconds", "-1")]
    [InlineData("Nexus:Https:Port", "0")]
    [InlineData("Nexus:Https:Directory", "http://acme.example.com/directory")]
    [InlineData("Nexus:Https:Email", "you")]
    [InlineData("Nexus:Domains:Resolvers", "dns.example.com")]
    [InlineData("Nexus:Domains:Resolvers", "1.1.1.1:0")]
    [InlineData("Nexus:Domains:PublicAddress", "2001:db8::1")]
    [InlineData("Nexus:Domains:ClaimHours", "0")]
    [InlineData("OAUTH_SIGNING_SECRET", "too short")]
    [InlineData("OAUTH_SIGNING_SECRET_NEXT", "a secret of 32 characters or more")]
    [InlineData("OAUTH_SIGNING_SECRET_PREVIOUS", "a secret of 32 characters or more")]
    [InlineData("OAUTH_SIGNING_ALGORITHM", "HS256")]
    [InlineData("ENCRYPTION_KEY", "bm90IDMyIGJ5dGVz")]
    [InlineData("ENCRYPTION_KEY", "not base64")]
    [InlineData("OAUTH_REDIRECT_URIS", "https://example.com/callback")]
    [InlineData("Nexus:Owner:Email", "you@example.com")]
    [InlineData("Nexus:Owner:Password", "a long passphrase")]
    [InlineData("Nexus:DataDir", "/srv/nexus")]
    [InlineData("Nexus:Databases:Model:Protocol", "openai")]
    [InlineData("Nexus:Databases:Model:Key", "canary-k3y-91f0")]
    [InlineData("Nexus:Databases:Model:TimeoutSeconds", "0")]
    [InlineData("Nexus:Plans:Default:MemoryMiB", "15")]
    [InlineData("Nexus:Plans:Default:Cpus", "0")]
    [InlineData("Nexus:Plans:Default:Cpus", "0,5")]
    [InlineData("Nexus:Plans:Default:Cpus", "0.125")]
    [InlineData("Nexus:Plans:Default:Cpus", "1e3")]
    [InlineData("Nexus:Plans:Default:Cpus", "NaN")]
    [InlineData("Nexus:Plans:Default:McpCallsPerDay", "0")]
    [InlineData("Nexus:Plans:Default:McpCallsPerDay", "-1")]
    public void A_bad_setting_is_named_with_its_mend_and_without_its_value(string setting, string value)
    {
        var act = () => Read((setting, value));

        var problem = act.Should().Throw<SettingsException>().Which.Problems.Should().ContainSingle().Which;
        problem.Mend.Should().NotBeEmpty();
        if (setting is "ENCRYPTION_KEY" or "Nexus:Databases:Model:Key" || setting.StartsWith("OAUTH_SIGNING_SECRET", StringComparison.Ordinal)) problem.ToString().Should().NotContain(value);
    }

    [Fact]
    public void A_model_wants_its_name_its_protocol_and_a_key_that_nobody_overhears()
    {
        const string section = "Nexus:Databases:Model:";
        var model = Read((section + "Protocol", "anthropic"), (section + "Name", "drafter"), (section + "Key", "canary-k3y-91f0")).Databases.Model!;
        var local = Read((section + "Protocol", "openai"), (section + "Name", "drafter"), (section + "Endpoint", "http://localhost:11434/v1")).Databases.Model!;
        var exposed = () => Read(
            (section + "Protocol", "openai"), (section + "Name", "drafter"), (section + "Key", "canary-k3y-91f0"), (section + "Endpoint", "http://models.example.com/v1"));
        var keyless = () => Read((section + "Protocol", "openai"), (section + "Name", "drafter"));

        (model.Name, model.Endpoint, model.Timeout).Should().Be(("drafter", null, TimeSpan.FromSeconds(30)));
        model.ToString().Should().NotContain("canary");
        local.Key.Should().BeNull();
        exposed.Should().Throw<SettingsException>().Which.Problems.Should().ContainSingle().Which.Setting.Should().Be("Nexus__Databases__Model__Endpoint");
        keyless.Should().Throw<SettingsException>().Which.Problems.Should().ContainSingle().Which.Setting.Should().Be("Nexus__Databases__Model__Key");
        Read().Databases.Model.Should().BeNull();
    }

    [Fact]
    public void A_plan_is_read_in_its_units()
    {
        var plan = Read(
            ("Nexus:Plans:Default:MemoryMiB", "256"), ("Nexus:Plans:Default:Cpus", "0.5"), ("Nexus:Plans:Default:McpCallsPerDay", "1000")).Plan;

        (plan.MemoryBytes, plan.Cpus, plan.McpCallsPerDay).Should().Be((256L * 1024 * 1024, 0.5, 1000));
    }

    [Fact]
    public void RS256_with_a_signing_secret_can_not_be_met()
    {
        var act = () => Read(("OAUTH_SIGNING_SECRET", "a secret of 32 characters or more"), ("OAUTH_SIGNING_ALGORITHM", "RS256"));

        act.Should().Throw<SettingsException>().Which.Problems.Should().ContainSingle().Which.Setting.Should().Be("OAUTH_SIGNING_ALGORITHM");
    }

    [Fact]
    public void A_variable_that_only_carries_the_name_is_none_of_ours() =>
        FluentActions.Invoking(() => Read(("Nexus", "http://localhost:8080"))).Should().NotThrow();

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var act = () => Read(("Nexus:Port", "x"), ("Nexus:Logs", "x"), ("Nexus:Unknown", "x"));

        act.Should().Throw<SettingsException>().Which.Problems.Select(problem => problem.Setting)
            .Should().BeEquivalentTo("Nexus__Port", "Nexus__Logs", "Nexus__Unknown");
    }

    [Fact]
    public void The_example_explains_every_setting_and_no_other()
    {
        var path = Path.Combine(Repository.Root, "appsettings.example.json");
        var example = new ConfigurationBuilder().AddJsonFile(path).Build();
        var act = () => new SettingsReader(WithData(example)).Read();
        act.Should().NotThrow();

        var text = File.ReadAllText(path);
        foreach (var setting in KnownSettings.Names.Select(name => name.Split(':')[^1])) text.Should().Contain($"\"{setting}\":");
        foreach (var setting in KnownSettings.FromTheDocuments) text.Should().Contain($"\"{setting}\":");
    }

    public void Dispose() => _folder.Dispose();

    private ServerSettings Read(params (string Setting, string Value)[] settings) => new SettingsReader(
        WithData(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Setting, (string?)pair.Value)))
            .Build())).Read();

    private IConfiguration WithData(IConfiguration configuration) => new ConfigurationBuilder()
        .AddConfiguration(configuration)
        .AddInMemoryCollection([KeyValuePair.Create("Nexus:DataDirectory", (string?)_folder.At("data"))])
        .Build();
}
