using Nexus.Core.Sources;

namespace Nexus.Core.Domains.Dns;

/// <summary>What to do when a record isn't as wanted, in words that a person at a DNS console can act on.</summary>
internal static class RecordAdvice
{
    /// <param name="wanted">The record.</param>
    /// <param name="answers">What the resolvers know of its name and type.</param>
    /// <param name="seenBy">How many of them know it as wanted.</param>
    /// <param name="others">Addresses that the name has beside it.</param>
    public static IReadOnlyList<string> For(DnsRecord wanted, DnsAnswers answers, int seenBy, IReadOnlyList<string> others)
    {
        var (name, type) = (wanted.Name, wanted.Type);
        if (!answers.Enough) return [$"Only {answers.Given.Count} of {answers.All.Count} resolvers answered for {name}; verify again in a minute."];
        if (seenBy == answers.Given.Count) return type == "A" && others.Count > 0 ? [OtherFamily(name, others)] : [];
        if (seenBy > 0) return [$"{type} {name} is visible to {seenBy} of {answers.Given.Count} resolvers: not everywhere yet. Wait as long as its old TTL and verify again."];

        IReadOnlyList<string> found = type == "CNAME" && answers.Values.Count == 0 ? others : answers.Values;
        if (type != "TXT" && found.Any(ProxyNetworks.Has))
            return [$"{name} is proxied by Cloudflare, which hides where it points. Set the record to \"DNS only\" until it is verified."];
        if (found.Count == 0 || type == "TXT")
            return [$"{type} {name} is not visible yet. Create it exactly as wanted, or wait some minutes and verify again."];
        return [Conflict(wanted, answers.Values, found)];
    }

    private static string Conflict(DnsRecord wanted, IReadOnlyList<string> ofItsType, IReadOnlyList<string> found)
    {
        var shown = string.Join(", ", found.Take(3).Select(ShownText.Of));
        if (wanted.Type == "CNAME" && ofItsType.Count == 0)
            return $"{wanted.Name} has address records ({shown}), and no CNAME can stand beside them. Remove them and create the CNAME.";
        return ofItsType.Contains(wanted.Value)
            ? $"{wanted.Name} has more {wanted.Type} records than the wanted one ({shown}). Remove the others."
            : $"{wanted.Name} has another {wanted.Type} record ({shown}). Change it to {wanted.Value}.";
    }

    private static string OtherFamily(string name, IReadOnlyList<string> others) =>
        $"{name} also has AAAA records ({string.Join(", ", others.Take(3).Select(ShownText.Of))}): visitors with IPv6 go there. Remove them unless they are this server's.";
}
