using Nexus.Core.Builds;

namespace Nexus.Core.Deployments;

/// <summary>What a redeploy makes of the source that there was.</summary>
internal static class SourceOverrides
{
    /// <summary>Null where the new revision runs an image as it is.</summary>
    public static SourceRecipe? Of(RedeployDeployment asked, Revision current)
    {
        if (asked.Image is not null) RefuseBoth(asked);
        if (asked.Code is { } code) return OfCode(code, asked, current);
        if (current.Source is not { } source)
        {
            if (asked.Dockerfile is not null) throw DeploymentErrors.NothingIsBuilt("dockerfile");
            if (asked.Framework is not null) throw DeploymentErrors.NothingIsBuilt("framework");
            return null;
        }

        return asked.Image is null ? Changed(source, asked) : null;
    }

    private static SourceRecipe OfCode(string code, RedeployDeployment asked, Revision current) =>
        current.Source is null && asked.Framework is null
            ? throw DeploymentErrors.NothingIsBuilt("code")
            : Changed(current.Source ?? new(), asked) with { Code = code, RepoUrl = null, Branch = null, SecretName = null };

    private static SourceRecipe Changed(SourceRecipe source, RedeployDeployment asked) => source with
    {
        Dockerfile = Override(asked.Dockerfile, source.Dockerfile),
        Framework = Override(asked.Framework, source.Framework),
        Port = asked.Port is { } port ? DeploymentRules.Port(port) : source.Port,
    };

    private static string? Override(string? asked, string? before) => asked is null ? before : asked.Length == 0 ? null : asked;

    private static void RefuseBoth(RedeployDeployment asked)
    {
        var other = asked.Code is not null ? "code" : asked.Dockerfile is not null ? "dockerfile" : asked.Framework is not null ? "framework" : null;
        if (other is null) return;
        throw DeploymentErrors.Invalid("image", $"image and {other} are given.", "An image is not built: leave one of them out.");
    }
}
