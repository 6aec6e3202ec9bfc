using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests;

public sealed class KeysCommandTests
{
    [Fact]
    public async Task Keys_are_rotated_while_a_server_runs_and_it_publishes_them_by_itself()
    {
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions());
        var first = (await RunAsync(server.Data, "keys", "list")).Required.Trim();
        first.Should().Contain("ES256").And.Contain("signing");

        var rotated = (await RunAsync(server.Data, "keys", "rotate")).Required;
        rotated.Should().Contain("announced").And.Contain("signs from");
        var added = rotated.Trim().Split('\n')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var keys = new Uri(server.BaseUrl, "/.well-known/jwks.json");
        await Poll.UntilAsync(async () => (await Http.UntilAnswersAsync(keys)).Contains(added, StringComparison.Ordinal), "the new key to be published");
    }

    [Fact]
    public async Task Keys_from_a_secret_are_not_rotated_by_the_command()
    {
        using var folder = new TemporaryFolder();
        var refused = await RunAsync(
            folder.Path, ["keys", "rotate"], new() { ["OAUTH_SIGNING_SECRET"] = "a signing secret of 32 bytes or more" });
        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("OAUTH_SIGNING_SECRET_NEXT");
    }

    [Fact]
    public async Task Where_no_server_has_started_there_is_nothing_to_rotate_and_nothing_is_made()
    {
        using var folder = new TemporaryFolder();
        var refused = await RunAsync(folder.Path, "keys", "list");
        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("Start one first");
        File.Exists(folder.At("nexus.db")).Should().BeFalse();
    }

    private static Task<CommandResult> RunAsync(string data, params string[] arguments) => RunAsync(data, arguments, []);

    private static Task<CommandResult> RunAsync(string data, string[] arguments, Dictionary<string, string?> variables) =>
        NexusServerProcess.RunCommandAsync(arguments, new() { Data = data, Variables = variables });
}
