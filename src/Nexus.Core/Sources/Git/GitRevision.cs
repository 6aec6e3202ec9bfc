using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Git;

/// <summary>The rules for what <c>repoBranch</c> may be: a name that git takes for a ref (git-check-ref-format), or a commit id.</summary>
internal static partial class GitRevision
{
    private const int Longest = 250;

    /// <exception cref="NexusException"><c>INVALID_BRANCH</c>.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > Longest) throw GitErrors.Branch($"The branch is empty or longer than {Longest} characters.");
        if (name.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter) || " ~^:?*[\\".Contains(letter)))
            throw GitErrors.Branch($"'{ShownText.Of(name)}' has characters that no branch has.");
        var isRef = name != "@" && !name.StartsWith('-') && !name.Contains("..", StringComparison.Ordinal)
            && !name.Contains("@{", StringComparison.Ordinal) && name.Split('/').All(IsPart);
        if (!isRef) throw GitErrors.Branch($"'{ShownText.Of(name)}' is not a name of a branch.");
    }

    public static bool IsCommit(string name) => ObjectId().IsMatch(name);

    private static bool IsPart(string part) => part.Length > 0 && !part.StartsWith('.') && !part.EndsWith('.')
        && !part.EndsWith(".lock", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?:[0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex ObjectId();
}
