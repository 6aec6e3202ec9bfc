using System.Security.Cryptography;
using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests;

/// <summary>A change of the operator's key: nothing opens with a wrong one, and everything with the new one after the command.</summary>
public sealed class VaultCommandTests
{
    private static readonly string Old = NewKey();
    private static readonly string New = NewKey();

    [Fact]
    public async Task A_server_starts_with_a_new_key_once_everything_is_sealed_with_it()
    {
        using var folder = new TemporaryFolder();
        string published;
        await using (var server = await NexusServerProcess.StartAsync(With(folder, Old))) published = await KeysOfAsync(server);

        var refused = await NexusServerProcess.RunToEndAsync(With(folder, New));
        refused.ExitCode.Should().Be(78);
        refused.Error.Should().Contain("ENCRYPTION_KEY").And.Contain("vault rotate").And.NotContain("   at ");

        var rotated = await NexusServerProcess.RunCommandAsync(["vault", "rotate"], With(folder, New, Old));
        rotated.Required.Should().Contain("Sealed anew");
        await using var restarted = await NexusServerProcess.StartAsync(With(folder, New));
        (await KeysOfAsync(restarted)).Should().Be(published, "the signing key is the same, only its seal is new");
    }

    [Fact]
    public async Task Where_no_server_has_started_there_is_nothing_to_rotate_and_nothing_is_made()
    {
        using var folder = new TemporaryFolder();

        var refused = await NexusServerProcess.RunCommandAsync(["vault", "rotate"], With(folder, New, Old));

        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("Start one first");
        File.Exists(folder.At("nexus.db")).Should().BeFalse();
    }

    private static Task<string> KeysOfAsync(NexusServerProcess server) =>
        Http.UntilAnswersAsync(new Uri(server.BaseUrl, "/.well-known/jwks.json"));

    private static NexusServerOptions With(TemporaryFolder folder, string key, string? previous = null) => new()
    {
        Data = folder.Path,
        Variables = new Dictionary<string, string?> { ["ENCRYPTION_KEY"] = key, ["ENCRYPTION_KEY_PREVIOUS"] = previous },
    };

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
