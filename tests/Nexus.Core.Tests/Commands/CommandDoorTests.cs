using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Commands;

/// <summary>The door's own promises, with commands that do nothing but race.</summary>
public sealed class CommandDoorTests(Shared<PostgresServer> postgres)
{
    [Fact]
    public async Task A_request_that_lost_against_its_twin_gets_the_twins_result_and_not_a_refusal()
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(DatabaseKind.PostgreSql, postgres));
        var door = host.Get<CommandDoor>();
        var command = new Command(Operation.ScaleDeployment, new { replicas = 2 }, new(RequestId: "one"));

        var result = await door.ExecuteAsync(host.Owner, command, async (_, token) =>
        {
            await door.ExecuteAsync(host.Owner, command, (_, _) => Task.FromResult("the twin's"), token);
            return await Task.FromException<string>(new NexusException("REVISION_CONFLICT", "It has moved on.", "Look again."));
        }, default);

        result.Should().Be("the twin's");
    }

    [Fact]
    public async Task A_refusal_is_in_the_audit_also_of_a_caller_who_has_hung_up()
    {
        await using var host = await CoreHost.StartAsync();
        var reader = host.Owner with { Scopes = new HashSet<string> { Scopes.DeploymentsRead } };
        var command = new Command(Operation.ScaleDeployment, new { replicas = 2 }, CommandOptions.None);

        await Outcome.Refused(
            () => host.Get<CommandDoor>().ExecuteAsync(reader, command, (_, _) => Task.FromResult("never"), new CancellationToken(canceled: true)),
            AccessErrors.MissingScopeCode);

        await using var db = await host.Database.CreateDbContextAsync();
        (await db.AuditRecords.SingleAsync(record => record.Operation == "ScaleDeployment")).Outcome.Should().Be(AccessErrors.MissingScopeCode);
    }
}
