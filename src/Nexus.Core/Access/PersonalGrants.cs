using System.Text.Json.Serialization;
using Nexus.Core.Deployments;

namespace Nexus.Core.Access;

/// <summary>What one person may use beyond their role, by an Owner's or Admin's leave. <see cref="AccessPolicy"/> says where it holds.</summary>
public sealed record PersonalGrants
{
    public static PersonalGrants None { get; } = new();

    public IReadOnlyList<DeploymentEnvironment> Environments { get; init; } = [];

    /// <summary>Ids of providers.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    [JsonIgnore]
    public bool IsEmpty => Environments.Count == 0 && Providers.Count == 0;
}
