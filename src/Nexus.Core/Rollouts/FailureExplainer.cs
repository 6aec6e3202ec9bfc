using Nexus.Core.Deployments;
using Nexus.Core.Plans;
using Nexus.Core.Providers;
using Nexus.Core.Secrets;

namespace Nexus.Core.Rollouts;

/// <summary>Says in words why a revision could not run, from what was seen of its replica, its image and its log.</summary>
internal sealed class FailureExplainer(
    HealthMonitor health, ProviderCatalog providers, DeploymentSecrets secrets, RolloutOptions options, PlanOptions plan, TimeProvider time)
{
    private const int TailLines = 40;

    /// <param name="replica">One that ended, or that runs and doesn't pass its health check.</param>
    public async Task<DeploymentFailure> ExplainAsync(DeploymentState state, Replica replica, CancellationToken cancellationToken)
    {
        var tail = await ReadTailAsync(state, replica, cancellationToken);
        var (code, message, hint) = replica.State == ReplicaState.Running
            ? NotHealthy(state.Revision, replica)
            : Ended(replica, again: state.Deployment.Crashes > 0);
        return new(code, message, hint, state.Revision.Number, time.GetUtcNow(), tail);
    }

    private (string Code, string Message, string Hint) Ended(Replica replica, bool again)
    {
        var ended = again ? "The container ended each time it was started" : "The container ended";
        if (replica.Reason is { } reason) return ("CONTAINER_EXITED", $"{ended}: {reason}.", replica.OutOfMemory ? OutOfMemoryHint : "Read the log tail.");
        return (
            "CONTAINER_EXITED",
            $"{ended}{(again ? ", last" : "")} with exit code {replica.ExitCode}.",
            "The log tail shows why. Check the command, the variables that it needs, and that it stays in the foreground.");
    }

    private string OutOfMemoryHint =>
        $"Make the application use less memory, e.g. with fewer workers or a smaller heap. The plan gives a replica {plan.ReplicaLimits.MemoryMiB} MiB; "
        + "only the operator can change that (Nexus__Plans__Default__MemoryMiB).";

    private (string Code, string Message, string Hint) NotHealthy(Revision revision, Replica replica)
    {
        var how = health.HasPassed(replica) ? "no longer passes" : $"did not pass within {options.HealthTimeout.TotalSeconds:0} s";
        var message = $"The container runs, but its {Words(revision)} {how}: {health.ReasonOf(replica) ?? "no answer"}.";
        var others = revision.ExposedPorts.Where(port => port != revision.Port).ToList();
        var hint = others.Count > 0 && !revision.ExposedPorts.Contains(revision.Port)
            ? $"The image says that it listens on {string.Join(", ", others)}: deploy with that port, or make the application listen on the port in the variable PORT."
            : "Check that the application listens on 0.0.0.0 and on the port in the variable PORT, and that the health check fits it.";
        return ("HEALTH_CHECK_FAILED", message, hint);
    }

    private static string Words(Revision revision) => revision.HealthCheck.Type == HealthCheckType.Http
        ? $"HTTP health check on port {revision.Port}, path {revision.HealthCheck.Path},"
        : $"TCP health check on port {revision.Port}";

    private async Task<IReadOnlyList<string>> ReadTailAsync(
        DeploymentState state, Replica replica, CancellationToken cancellationToken)
    {
        var provider = providers.Get(state.Deployment.Provider);
        var lines = await provider.ReadLogsAsync(replica.Id, new LogRange(TailLines), cancellationToken);
        var known = await secrets.KnownValuesAsync(state.Deployment.Id, cancellationToken);
        return [.. lines.Select(line => LogRedactor.Redact(line.Text, known))];
    }
}
