namespace Nexus.Core.Deployments;

/// <summary>What the last command asked for. Stored by name.</summary>
public enum WantedState
{
    Running,
    Stopped,
    Deleted,
}
