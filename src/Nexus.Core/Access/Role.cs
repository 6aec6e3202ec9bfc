using System.Text.Json.Serialization;

namespace Nexus.Core.Access;

/// <summary>What a person is in an organisation. Stored by name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    Owner,
    Admin,
    DeploymentManager,
    Member,
    Auditor,
    BillingManager,
}
