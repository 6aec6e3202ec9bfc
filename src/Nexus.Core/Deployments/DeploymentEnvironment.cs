using System.Text.Json.Serialization;

namespace Nexus.Core.Deployments;

/// <summary>Where a deployment stands on its way to users. Stored and shown by name, upper-case outside.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeploymentEnvironment>))]
public enum DeploymentEnvironment
{
    Development,
    Staging,
    Production,
}
