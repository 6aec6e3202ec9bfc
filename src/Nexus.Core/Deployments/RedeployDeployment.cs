namespace Nexus.Core.Deployments;

/// <summary>What a redeploy changes; what is null stays as it is.</summary>
public sealed record RedeployDeployment
{
    /// <summary>Another name, and with it another host name.</summary>
    public string? Name { get; init; }

    /// <summary>For people; empty takes it away.</summary>
    public string? DisplayName { get; init; }

    public string? Provider { get; init; }
    public string? Region { get; init; }

    /// <summary>With a tag or a digest.</summary>
    public string? Image { get; init; }

    public int? Port { get; init; }

    /// <summary>Replaces the image's command; empty for the image's own.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Added to those that are there; one whose value is null is removed.</summary>
    public IReadOnlyDictionary<string, string?>? EnvVars { get; init; }

    /// <summary>Instead of the repository or image that there was; needs a framework.</summary>
    public string? Code { get; init; }

    /// <summary>To build with; empty for the source's own again.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>Empty to detect it again.</summary>
    public string? Framework { get; init; }

    /// <summary>From now on.</summary>
    public int? AutoDestroyHours { get; init; }

    /// <summary>False for no check; true for the one that there is, or a TCP check.</summary>
    public bool? HealthCheckEnabled { get; init; }

    public HealthCheckType? HealthCheckType { get; init; }
    public string? HealthCheckUrl { get; init; }

    /// <summary>The same without values that may be secret.</summary>
    internal RedeployDeployment ForAudit() =>
        this with
        {
            EnvVars = Concealed.Variables(EnvVars),
            Command = Concealed.Command(Command),
            Code = Concealed.Text(Code),
            Dockerfile = Concealed.Text(Dockerfile),
        };
}
