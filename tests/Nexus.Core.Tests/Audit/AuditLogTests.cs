using FluentAssertions;
using Nexus.Core.Access;
using Nexus.Core.Audit;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Audit;

public sealed class AuditLogTests(Shared<PostgresServer> postgres)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Fifty_that_begin_a_chain_at_once_write_one(DatabaseKind kind)
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));
        var newcomer = host.Owner with { OrganizationId = Guid.CreateVersion7() };
        var entry = AuditEntry.By(newcomer, Operation.ScaleDeployment) with { Target = "web" };

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => host.Get<AuditLog>().WriteAsync(entry, default))));

        var report = (await host.Get<AuditVerifier>().VerifyAsync(default)).Single(report => report.OrganizationId == newcomer.OrganizationId);
        report.Findings.Should().BeEmpty();
        (report.First, report.Last).Should().Be((1, 50));
    }
}
