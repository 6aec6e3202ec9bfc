namespace Nexus.Core.Databases.Safety;

/// <summary>How much a statement can spoil.</summary>
public enum RiskLevel
{
    None,
    Low,
    Medium,
    High,
}
