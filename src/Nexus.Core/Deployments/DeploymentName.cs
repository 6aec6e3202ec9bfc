using System.Text.RegularExpressions;

namespace Nexus.Core.Deployments;

/// <summary>The rule for names: a DNS label (RFC 1123 §2.1), in lower case, that can't be taken for an id.</summary>
internal static partial class DeploymentName
{
    public const int Longest = 63;

    public static string Check(string name)
    {
        if (Label().IsMatch(name) && !Guid.TryParse(name, out _)) return name;
        throw DeploymentErrors.Invalid(
            "name",
            "name is not a DNS label.",
            $"Use 1 to {Longest} of a-z, 0-9 and -, with a letter or digit at both ends; not an id. For example: {From(name)}.");
    }

    /// <summary>The nearest valid name to any text, e.g. to an image's repository.</summary>
    public static string From(string text)
    {
        var cleaned = Others().Replace(text.ToLowerInvariant(), "-").Trim('-');
        if (cleaned.Length > 40) cleaned = cleaned[..40].Trim('-');
        return cleaned.Length == 0 || Guid.TryParse(cleaned, out _) ? "app" : cleaned;
    }

    /// <summary>The name itself where it is free, else the first of <c>name-2</c>, <c>name-3</c> … that is.</summary>
    public static string FirstFree(string name, IReadOnlySet<string> taken)
    {
        if (!taken.Contains(name)) return name;
        for (var number = 2; ; number++)
        {
            var suffix = $"-{number}";
            var stem = name.Length + suffix.Length <= Longest ? name : name[..(Longest - suffix.Length)].TrimEnd('-');
            if (!taken.Contains(stem + suffix)) return stem + suffix;
        }
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Others();
}
