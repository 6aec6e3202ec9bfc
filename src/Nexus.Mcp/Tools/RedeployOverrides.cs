using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Nexus.Core.Deployments;

namespace Nexus.Mcp.Tools;

/// <summary>What a redeploy changes; what is left out stays.</summary>
internal sealed record RedeployOverrides
{
    [Description("Changes its URL")]
    public string? Name { get; init; }

    public string? DisplayName { get; init; }
    public string? Provider { get; init; }
    public string? Region { get; init; }

    [Description("Merged; null removes one")]
    public IReadOnlyDictionary<string, string?>? EnvVars { get; init; }

    public string? Image { get; init; }

    [Range(1, DeploymentRules.HighestPort)]
    public int? Port { get; init; }

    public IReadOnlyList<string>? Command { get; init; }
    public string? Code { get; init; }
    public string? Dockerfile { get; init; }
    public string? Framework { get; init; }

    [Range(1, DeploymentRules.MostHours)]
    public int? AutoDestroyHours { get; init; }

    public bool? HealthCheckEnabled { get; init; }
    public HealthCheckType? HealthCheckType { get; init; }
    public string? HealthCheckUrl { get; init; }

    public RedeployDeployment ToCommand() => new()
    {
        Name = Name,
        DisplayName = DisplayName,
        Provider = Provider,
        Region = Region,
        EnvVars = EnvVars,
        Image = Image,
        Port = Port,
        Command = Command,
        Code = Code,
        Dockerfile = Dockerfile,
        Framework = Framework,
        AutoDestroyHours = AutoDestroyHours,
        HealthCheckEnabled = HealthCheckEnabled,
        HealthCheckType = HealthCheckType,
        HealthCheckUrl = HealthCheckUrl,
    };
}
