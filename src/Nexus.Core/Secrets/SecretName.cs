using System.Text.RegularExpressions;

namespace Nexus.Core.Secrets;

/// <summary>The rule for names: what a shell takes for a constant.</summary>
public static partial class SecretName
{
    public const int Longest = 128;

    internal static void Check(string name)
    {
        if (name.Length <= Longest && Pattern().IsMatch(name)) return;
        throw SecretErrors.Invalid(
            "name",
            $"The name of a secret has capital letters, digits and _, starts with no digit, and is at most {Longest} characters long.",
            "Write it like DATABASE_URL.");
    }

    [GeneratedRegex(@"^[A-Z_][A-Z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
