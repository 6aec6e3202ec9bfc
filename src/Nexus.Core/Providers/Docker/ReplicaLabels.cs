using System.Globalization;

namespace Nexus.Core.Providers.Docker;

/// <summary>What a container says of itself: the only memory of what runs where.</summary>
internal static class ReplicaLabels
{
    public const string Organization = "nexus.organization";
    public const string Project = "nexus.project";
    public const string Deployment = "nexus.deployment";
    public const string Revision = "nexus.revision";
    public const string Replica = "nexus.replica";
    public const string Port = "nexus.port";

    public static Dictionary<string, string> For(ReplicaSpec spec) => new()
    {
        [Organization] = spec.OrganizationId.ToString(),
        [Project] = spec.ProjectId.ToString(),
        [Deployment] = spec.DeploymentId.ToString(),
        [Revision] = Text(spec.Revision),
        [Replica] = Text(spec.Ordinal),
        [Port] = Text(spec.Port),
    };

    /// <summary>The engine's filter for things whose label has this value.</summary>
    public static IDictionary<string, IDictionary<string, bool>> Filter(string label, Guid value) =>
        new Dictionary<string, IDictionary<string, bool>>
        {
            ["label"] = new Dictionary<string, bool> { [$"{label}={value}"] = true },
        };

    /// <summary>The engine's filter for things that have this label, whatever its value.</summary>
    public static IDictionary<string, IDictionary<string, bool>> Filter(string label) =>
        new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [label] = true } };

    /// <summary>The engine's filter for this one replica.</summary>
    public static IDictionary<string, IDictionary<string, bool>> Filter(ReplicaSpec spec)
    {
        var labels = For(spec);
        string[] identity = [Deployment, Revision, Replica];
        return new Dictionary<string, IDictionary<string, bool>>
        {
            ["label"] = identity.ToDictionary(label => $"{label}={labels[label]}", _ => true),
        };
    }

    /// <summary>Null where the label is missing or no number: not a container of ours.</summary>
    public static int? Number(IDictionary<string, string>? labels, string label) =>
        labels is not null && labels.TryGetValue(label, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
