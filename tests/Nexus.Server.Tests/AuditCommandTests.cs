using FluentAssertions;
using Microsoft.Data.Sqlite;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests;

public sealed class AuditCommandTests
{
    [Fact]
    public async Task An_operator_sees_that_the_audit_holds_and_where_it_was_changed()
    {
        using var folder = new TemporaryFolder();
        var options = new NexusServerOptions
        {
            Data = folder.Path,
            Variables = new Dictionary<string, string?> { ["Nexus__Owner__Email"] = "ada@example.com", ["Nexus__Owner__Password"] = "difference engine" },
        };
        await using var server = await NexusServerProcess.StartAsync(options);

        var holds = await NexusServerProcess.RunCommandAsync(["audit", "verify"], options);
        holds.Required.Should().Contain("records 1 to 1").And.NotContain("!");
        var hash = holds.Required.Split("records 1 to 1, last hash ")[1][..64];
        (await NexusServerProcess.RunCommandAsync(["audit", "verify", "--contains", hash], options)).ExitCode.Should().Be(0);
        (await NexusServerProcess.RunCommandAsync(["audit", "verify", "--contains", new('f', 64)], options)).ExitCode.Should().Be(1);

        await using (var connection = new SqliteConnection($"Data Source={folder.At("nexus.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var change = new SqliteCommand("""UPDATE "AuditRecords" SET "Outcome" = 'REFUSED' WHERE "Sequence" = 1""", connection);
            (await change.ExecuteNonQueryAsync()).Should().Be(1);
        }

        var changed = await NexusServerProcess.RunCommandAsync(["audit", "verify"], options);
        changed.ExitCode.Should().Be(1);
        changed.Output.Should().Contain("record 1 was changed");
        changed.Error.Should().Contain("not as the server wrote it").And.NotContain("   at ");
    }
}
