namespace Nexus.Core.Deployments;

/// <summary>How a replica shows that it can serve. <see cref="Path"/> is for HTTP only, and starts with a slash.</summary>
public sealed record HealthCheck(HealthCheckType Type, string? Path)
{
    public static HealthCheck Tcp { get; } = new(HealthCheckType.Tcp, null);
}

/// <summary>HTTP: an answer of 2xx or 3xx. TCP: the port accepts. None: it runs.</summary>
public enum HealthCheckType
{
    Http,
    Tcp,
    None,
}
