using System.Globalization;

namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>What EXPOSE may name: no privileged ports but 80 and 443, and none of remote access.</summary>
internal sealed class Ports : IDockerfileRule
{
    private const string Rule = "exposed-port";
    private const int FirstUnprivileged = 1024;
    private static readonly int[] Web = [80, 443];

    /// <summary>SSH, Telnet, RDP and VNC.</summary>
    private static readonly int[] RemoteAccess = [22, 23, 3389, .. Enumerable.Range(5900, 10)];

    public IEnumerable<Violation> Check(DockerfileReading reading) =>
        from read in reading.Instructions
        where read.Effective.Keyword == "EXPOSE"
        from word in Words.Split(read.Effective.Arguments, read.Escape)
        from port in read.Expand(word).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).DefaultIfEmpty("")
        from violation in Check(port, read.Instruction.Line, word)
        select violation;

    private static IEnumerable<Violation> Check(string port, int line, string written)
    {
        if (Range(port) is not var (first, last))
            return [new(line, "unreadable", $"Dockerfile cannot be read: EXPOSE {Shown.Of(written)} is no port", "Write a number such as EXPOSE 8080.")];
        var remote = RemoteAccess.Where(one => first <= one && one <= last).Select(one => new Violation(
            line, Rule, $"Exposing port {Text(one)} is not allowed",
            "Remote access (SSH, Telnet, RDP, VNC) is blocked: remove it, and use logs, metrics and endpoints of the application instead."));
        return [.. remote, .. Privileged(first, last, line)];
    }

    /// <summary>The lowest stands for all of a range.</summary>
    private static IEnumerable<Violation> Privileged(int first, int last, int line)
    {
        for (var port = first; port <= last && port < FirstUnprivileged; port++)
        {
            if (Web.Contains(port) || RemoteAccess.Contains(port)) continue;
            yield return new(
                line, Rule, $"Exposing privileged port {Text(port)} is not allowed",
                "Move the service to a port from 1024 on, such as 8080, 3000 or 2525, and let the application listen there.");
            yield break;
        }
    }

    /// <summary><c>80</c>, <c>80/tcp</c>, <c>8000-8010</c>, <c>8080:22</c>, <c>127.0.0.1:8080:22</c>: the container's part counts.</summary>
    private static (int First, int Last)? Range(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && text[(slash + 1)..].ToLowerInvariant() is not ("tcp" or "udp" or "sctp")) return null;
        var ports = slash < 0 ? text : text[..slash];
        ports = ports[(ports.LastIndexOf(':') + 1)..];
        var dash = ports.IndexOf('-', StringComparison.Ordinal);
        var first = Number(dash < 0 ? ports : ports[..dash]);
        var last = dash < 0 ? first : Number(ports[(dash + 1)..]);
        return first is null || last is null || last < first ? null : (first.Value, last.Value);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65_536 ? number : null;

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
