using System.CommandLine;
using Nexus.Core;
using Nexus.Core.Audit;
using Nexus.Core.Storage;

namespace Nexus.Server.Startup;

/// <summary><c>audit verify</c>: recomputes every chain, and says where one was changed.</summary>
internal static class AuditCommand
{
    public static Command Create(Option<string?> data)
    {
        var contains = new Option<string?>("--contains")
        {
            Description = "Also require a record with this hash, e.g. the last one of an earlier check: then nothing up to it can have gone",
        };
        var verify = new Command("verify", "Check that nobody has changed, removed or added a record; ends with 1 if somebody has") { contains };
        verify.SetAction((parsed, cancellationToken) => AdminCommand.RunAsync(
            parsed.GetValue(data),
            (services, settings) => services.AddNexusVault(settings.Vault),
            (services, token) => VerifyAsync(services, parsed.GetValue(contains), token),
            cancellationToken));
        return new Command("audit", "The record of who did what") { verify };
    }

    private static async Task VerifyAsync(IServiceProvider services, string? hash, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DatabaseMigrator>().RequireUpToDateAsync(cancellationToken);
        var verifier = services.GetRequiredService<AuditVerifier>();
        var reports = await verifier.VerifyAsync(cancellationToken);
        foreach (var report in reports) await PrintAsync(report);
        if (reports.Any(report => report.Findings.Count > 0))
            throw new NexusException("AUDIT_CHANGED", "The audit is not as the server wrote it.", "Keep this database, and compare it with a backup.");
        if (hash is not null && !await verifier.ContainsAsync(hash, cancellationToken))
            throw new NexusException("AUDIT_CHANGED", $"No record has the hash {hash}.", "If retention has not removed it, an older or another audit was put in place.");
    }

    private static async Task PrintAsync(AuditReport report)
    {
        var span = report.Last < report.First ? "no records" : $"records {report.First} to {report.Last}";
        await Console.Out.WriteLineAsync($"{report.OrganizationId}  {report.Name}: {span}, last hash {report.Hash}");
        foreach (var finding in report.Findings) await Console.Out.WriteLineAsync($"  ! {finding.Text}");
        if (report.Findings.Count == 0) await Console.Out.WriteLineAsync("  holds");
    }
}
