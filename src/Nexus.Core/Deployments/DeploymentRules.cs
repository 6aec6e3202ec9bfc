namespace Nexus.Core.Deployments;

/// <summary>Checks the plain arguments of deployment commands; each error names its argument.</summary>
public static class DeploymentRules
{
    public const int MostReplicas = 10;
    public const int MostHours = 24 * 365;
    public const int HighestPort = 65535;
    public const int LongestDisplayName = 100;
    private const int LongestPath = 2048;
    private const int LongestCommand = 64 * 1024;

    public static int Port(int port) => port is >= 1 and <= HighestPort
        ? port
        : throw DeploymentErrors.Invalid("port", $"port is {port}; 1 to {HighestPort} are allowed.", "Give the port that the application listens on.");

    public static int Replicas(int? replicas) => (replicas ?? 1) is >= 1 and <= MostReplicas
        ? replicas ?? 1
        : throw DeploymentErrors.Invalid(
            "replicas", $"replicas is {replicas}; 1 to {MostReplicas} are allowed.", "To run none, stop the deployment.");

    public static DateTimeOffset? AutoDestroyAt(int? hours, DateTimeOffset now) => hours switch
    {
        null => null,
        >= 1 and <= MostHours => now.AddHours(hours.Value),
        _ => throw DeploymentErrors.Invalid(
            "autoDestroyHours", $"autoDestroyHours is {hours}; 1 to {MostHours} are allowed.", "Leave it out to keep the deployment."),
    };

    /// <summary>A path alone means an HTTP check; an HTTP check without a path asks for the root.</summary>
    public static HealthCheck HealthCheck(HealthCheckType? type, string? path)
    {
        var resolved = type ?? (path is null ? HealthCheckType.Tcp : HealthCheckType.Http);
        if (resolved != HealthCheckType.Http)
        {
            return path is null
                ? new(resolved, null)
                : throw DeploymentErrors.Invalid("healthCheckUrl", "healthCheckUrl goes with healthCheckType http only.", "Leave one of them out.");
        }

        path ??= "/";
        if (path.StartsWith('/') && path.Length <= LongestPath && !path.Any(char.IsControl) && !path.Contains(' ')) return new(resolved, path);
        throw DeploymentErrors.Invalid(
            "healthCheckUrl", "healthCheckUrl is not a path.", "Give the path alone, starting with a slash, e.g. /health.");
    }

    /// <summary>What a redeploy makes of the check that there was.</summary>
    public static HealthCheck HealthCheck(RedeployDeployment asked, HealthCheck before)
    {
        var (type, path) = (asked.HealthCheckType, asked.HealthCheckUrl);
        if (asked.HealthCheckEnabled == false)
        {
            return type is null or HealthCheckType.None && path is null
                ? new(HealthCheckType.None, null)
                : throw DeploymentErrors.Invalid(
                    "healthCheckEnabled", "healthCheckEnabled is false, and a check is given.", "Leave one of them out.");
        }

        if (type is null && path is null)
            return asked.HealthCheckEnabled == true && before.Type == HealthCheckType.None ? Deployments.HealthCheck.Tcp : before;
        return HealthCheck(type, path ?? (type == before.Type ? before.Path : null));
    }

    /// <summary>Null for none.</summary>
    public static string? DisplayName(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length <= LongestDisplayName && !text.Any(char.IsControl)) return text.Trim();
        throw DeploymentErrors.Invalid(
            "displayName", $"displayName is longer than {LongestDisplayName} characters or has control characters.", "Give a short title.");
    }

    public static IReadOnlyList<string> Command(IReadOnlyList<string>? command)
    {
        if (command is null) return [];
        if (command.Sum(part => part.Length) <= LongestCommand && !command.Any(part => part.Contains('\0'))) return command;
        throw DeploymentErrors.Invalid("command", "command is too long or contains a NUL character.", "Put long scripts into the image.");
    }
}
