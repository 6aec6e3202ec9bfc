using Nexus.Core.Commands;

namespace Nexus.Core.Deployments;

/// <summary>What can be told of a deployment field by field, so that two states of it can be held against each other.</summary>
internal sealed class DeploymentFacts
{
    private readonly List<Fact> _facts;

    private DeploymentFacts(List<Fact> facts) => _facts = facts;

    /// <summary>Of something that isn't there yet.</summary>
    public static DeploymentFacts None { get; } = new([]);

    public static DeploymentFacts Of(Deployment deployment, Revision revision)
    {
        List<Fact?> facts =
        [
            Plain("name", deployment.Name),
            Plain("displayName", deployment.DisplayName),
            Plain("state", deployment.Status == DeploymentStatus.Failed ? "FAILED" : deployment.Wanted.ToString().ToUpperInvariant()),
            Plain("revision", $"{revision.Number}"),
            Plain("image", revision.Image),
            Plain("imageContent", revision.ResolvedImage ?? (revision.Source is null ? "(found out when it rolls out)" : "(built when it rolls out)")),
            .. SourceFacts(revision),
            Plain("port", revision.Port == 0 ? "(found out when it is built)" : $"{revision.Port}"),
            Plain("environment", deployment.Environment.ToString().ToUpperInvariant()),
            Plain("provider", deployment.Provider),
            Plain("region", deployment.Region),
            Plain("replicas", $"{deployment.WantedReplicas}"),
            Plain("services", deployment.Services.Count == 0 ? null : string.Join(", ", deployment.Services).ToLowerInvariant()),
            Plain("healthCheck", Words(revision.HealthCheck)),
            Plain("command", revision.Command.Count == 0 ? null : string.Join(' ', revision.Command)),
            .. revision.Variables.OrderBy(variable => variable.Key, StringComparer.Ordinal)
                .Select(variable => new Fact($"envVars.{variable.Key}", variable.Value, "(set)")),
            Plain("autoDestroyAt", deployment.AutoDestroyAt is { } due ? $"{due:O}" : null),
        ];
        return new([.. facts.OfType<Fact>()]);
    }

    /// <summary>Values of variables may be secret: their names are enough.</summary>
    public IReadOnlyList<Change> Until(DeploymentFacts after)
    {
        var before = _facts.ToDictionary(fact => fact.Field);
        var kept = after._facts.Select(fact => fact.Field).ToHashSet();
        return
        [
            .. after._facts
                .Where(fact => before.GetValueOrDefault(fact.Field)?.Value != fact.Value)
                .Select(fact => Difference(before.GetValueOrDefault(fact.Field), fact)),
            .. _facts.Where(fact => !kept.Contains(fact.Field)).Select(fact => new Change(fact.Field, fact.Shown, null)),
        ];
    }

    /// <summary>What may be long or hold what isn't to be shown is compared, and shown as given.</summary>
    private static IEnumerable<Fact?> SourceFacts(Revision revision)
    {
        if (revision.Source is not { } source) return [];
        return
        [
            Plain("repoUrl", source.RepoUrl),
            Plain("repoBranch", source.Branch),
            Plain("repoSecretName", source.SecretName),
            Plain("commit", source.Code is null && revision.UploadId is null ? revision.Commit ?? "(found out when it is built)" : null),
            Given("code", source.Code),
            Given("dockerfile", source.Dockerfile),
            Plain("framework", source.Framework),
            Given("installCommand", source.InstallCommand),
            Given("buildCommand", source.BuildCommand),
            Given("startCommand", source.StartCommand),
            Plain("outputDir", source.OutputDir),
        ];
    }

    private static Change Difference(Fact? before, Fact after) =>
        new(after.Field, before?.Shown, before?.Shown == after.Shown ? "(changed)" : after.Shown);

    private static Fact? Plain(string field, string? value) => value is null ? null : new(field, value, value);

    private static Fact? Given(string field, string? value) => value is null ? null : new(field, value, "(given)");

    private static string Words(HealthCheck check) => $"{check.Type.ToString().ToLowerInvariant()} {check.Path}".TrimEnd();

    private sealed record Fact(string Field, string Value, string Shown);
}
