using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nexus.Testing;

namespace Nexus.Benchmarks.Measuring;

/// <summary>What is asked, again and again.</summary>
internal sealed record WrkRequest(Uri Address)
{
    public string? Host { get; init; }

    public string? Bearer { get; init; }

    /// <summary>JSON to POST; without it, GET.</summary>
    public string? Body { get; init; }

    public bool KeepAlive { get; init; } = true;
}

/// <summary>How it was answered.</summary>
internal sealed record WrkResult(double PerSecond, double MedianMs, double P99Ms, int Failed)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{PerSecond:0}/s, median {MedianMs:0.00} ms, p99 {P99Ms:0.00} ms, {Failed} failed");
}

/// <summary>Debian's wrk: one thread, so that it leaves the other processor to the server.</summary>
internal static partial class Wrk
{
    public static async Task<WrkResult> RunAsync(WrkRequest request, int connections, int seconds)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("request.lua"), Script(request));
        var command = new CommandLine(
            Tool.Path("wrk"), "--threads", "1", "--connections", $"{connections}", "--duration", $"{seconds}s", "--timeout", "10s",
            "--latency", "--script", folder.At("request.lua"), request.Address.AbsoluteUri);
        return Read((await Shell.RunAsync(command, TimeSpan.FromSeconds(seconds + 30))).Required);
    }

    private static string Script(WrkRequest request)
    {
        var script = new StringBuilder();
        script.AppendLine(CultureInfo.InvariantCulture, $"wrk.method = \"{(request.Body is null ? "GET" : "POST")}\"");
        if (request.Body is not null)
        {
            script.AppendLine(CultureInfo.InvariantCulture, $"wrk.body = [==[{request.Body}]==]");
            script.AppendLine("wrk.headers[\"Content-Type\"] = \"application/json\"");
            script.AppendLine("wrk.headers[\"Accept\"] = \"application/json, text/event-stream\"");
        }

        if (request.Host is not null) script.AppendLine(CultureInfo.InvariantCulture, $"wrk.headers[\"Host\"] = \"{request.Host}\"");
        if (request.Bearer is not null) script.AppendLine(CultureInfo.InvariantCulture, $"wrk.headers[\"Authorization\"] = \"Bearer {request.Bearer}\"");
        if (!request.KeepAlive) script.AppendLine("wrk.headers[\"Connection\"] = \"close\"");
        return script.ToString();
    }

    private static WrkResult Read(string output)
    {
        var failed = Numbers(Failures().Match(output).Value).Sum() + Numbers(SocketErrors().Match(output).Value).Sum();
        return new(
            double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            Milliseconds(output, "50%"), Milliseconds(output, "99%"), failed);
    }

    private static IEnumerable<int> Numbers(string text) =>
        Number().Matches(text).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture));

    private static double Milliseconds(string output, string percentile)
    {
        var match = Regex.Match(output, $@"^\s+{percentile}\s+([\d.]+)(us|ms|s)", RegexOptions.Multiline);
        var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch { "us" => value / 1000, "ms" => value, _ => value * 1000 };
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<=Non-2xx or 3xx responses: )\d+")]
    private static partial Regex Failures();

    [GeneratedRegex("(?<=Socket errors: ).*")]
    private static partial Regex SocketErrors();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
