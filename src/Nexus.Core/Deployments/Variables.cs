using System.Text.RegularExpressions;

namespace Nexus.Core.Deployments;

/// <summary>The rules for environment variables: portable names, bounded values, and <c>PORT</c> is ours.</summary>
internal static partial class Variables
{
    /// <summary>Set by the engine to the container port.</summary>
    public const string Port = "PORT";

    public const int Most = 200;
    public const int LongestName = 128;
    public const int LongestValue = 32 * 1024;
    public const int LongestTogether = 256 * 1024;

    /// <summary>The variables with the changes and without <c>PORT</c>, and a note where the caller had set that.</summary>
    public static (IReadOnlyDictionary<string, string> Kept, IReadOnlyList<string> Notes) Check(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string?>? changes)
    {
        var variables = Merge(before, changes);
        if (variables.Count > Most) throw Invalid($"There are {variables.Count} variables; at most {Most} are allowed.");
        foreach (var (name, value) in variables) CheckOne(name, value);
        if (variables.Sum(variable => variable.Key.Length + variable.Value.Length) > LongestTogether)
            throw Invalid($"The variables are longer than {LongestTogether / 1024} KiB together.");

        var kept = variables.Where(variable => variable.Key != Port).ToDictionary();
        return (kept, variables.ContainsKey(Port) ? ["The variable PORT was dropped: the engine sets it to the container port."] : []);
    }

    /// <summary>Those that were there, with the changes; null takes one away.</summary>
    private static Dictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string?>? changes)
    {
        var merged = new Dictionary<string, string>(before);
        foreach (var (name, value) in changes ?? new Dictionary<string, string?>())
        {
            if (value is null) merged.Remove(name);
            else merged[name] = value;
        }

        return merged;
    }

    private static void CheckOne(string name, string value)
    {
        if (name.Length > LongestName || !Name().IsMatch(name))
            throw Invalid($"The variable name {(name.Length > 40 ? name[..40] + "…" : name)} is not allowed.");
        if (value.Length > LongestValue) throw Invalid($"The value of {name} is longer than {LongestValue / 1024} KiB.");
        if (value.Contains('\0')) throw Invalid($"The value of {name} contains a NUL character.");
    }

    private static NexusException Invalid(string message) => DeploymentErrors.Invalid(
        "envVars", message, "Use names of A-Z, a-z, 0-9 and _ that don't start with a digit; keep large values in files or a store.");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
