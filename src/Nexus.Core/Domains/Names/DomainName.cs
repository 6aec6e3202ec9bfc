using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Nexus.Core.Domains.Names;

/// <summary>The rule for custom domains: a host name of the public DNS (RFC 1123 §2.1) that isn't the server's own nor everybody's.</summary>
internal static partial class DomainName
{
    /// <summary>253 characters less the label that a challenge stands before it.</summary>
    public const int Longest = 236;

    /// <summary>Special-use names that public DNS doesn't have (RFC 6761 and its kin).</summary>
    private static readonly string[] NotPublic = ["localhost", "local", "internal", "invalid", "onion", "arpa", "alt"];

    /// <summary>The name in lower case and punycode.</summary>
    /// <exception cref="NexusException"><c>INVALID_DOMAIN</c>; the message says why.</exception>
    public static string Check(string asked, ServerAddresses addresses)
    {
        if (asked.Contains('*')) throw Invalid("Wildcards can't be custom domains.", "Add each name by itself.");
        if (IPAddress.TryParse(asked.Trim('[', ']'), out _)) throw Invalid("An IP address is no domain.", "Give a domain name.");
        var name = ToAscii(asked.EndsWith('.') ? asked[..^1] : asked);
        if (name.Length > Longest || !HostName().IsMatch(name)) throw NoHostName();
        var lastLabel = name[(name.LastIndexOf('.') + 1)..];
        if (NotPublic.Contains(lastLabel)) throw Invalid($"Names under {lastLabel} are not in public DNS.", "Give a domain that you have registered.");
        if (IsTheServers(name, addresses)) throw Invalid("This name belongs to the server itself.", "Give a domain of your own.");
        return PublicSuffixes.IsSuffix(name)
            ? throw Invalid($"{name} is a public suffix, under which anybody registers names.", $"Give a domain below it, like example.{name}.")
            : name;
    }

    private static string ToAscii(string name)
    {
        try
        {
            // RFC 5892 in short: words of any script, no symbols.
            if (!name.EnumerateRunes().All(rune => rune.IsAscii || Rune.IsLetterOrDigit(rune) || IsMark(rune))) throw NoHostName();
            return new IdnMapping().GetAscii(name.Normalize(NormalizationForm.FormKC).ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            throw NoHostName();
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Also what is below them: the hosts of applications, and names that the operator keeps.</summary>
    private static bool IsTheServers(string name, ServerAddresses addresses) => addresses.OwnHosts.Append(addresses.AppsDomain)
        .Any(own => name.Equals(own, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + own, StringComparison.OrdinalIgnoreCase));

    private static NexusException NoHostName() => Invalid(
        "That is not a domain name.", "Give it without scheme, port and path, like shop.example.com or bücher.example.");

    private static NexusException Invalid(string message, string hint) => DomainErrors.Invalid(message, hint);

    // Two labels or more; the last one has a letter, or it would be taken for an address.
    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
