using System.ComponentModel;
using System.Globalization;
using System.Text;
using Nexus.Core.Sources.Programs;

namespace Nexus.Core.Sources.Git;

/// <summary>A git that reads no configuration but ours, which it gets by variables (git-config, GIT_CONFIG_COUNT).</summary>
internal sealed class GitProcess(GitOptions options, string folder, string home, string askPass, string proxy)
{
    private const int LongestOutput = 65_536;

    private readonly (string Key, string Value)[] _settings =
    [
        ("http.proxy", proxy), ("http.proxyAuthMethod", "basic"), ("http.followRedirects", "initial"), ("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "30"),
        ("protocol.allow", "never"), ("protocol.https.allow", "always"), ("core.hooksPath", "/dev/null"), ("core.fsmonitor", "false"),
        ("core.protectHFS", "true"), ("core.protectNTFS", "true"), ("core.attributesFile", "/dev/null"), ("credential.helper", ""),
        ("submodule.recurse", "false"), ("fetch.fsckObjects", "true"), ("fetch.fsck.zeroPaddedFilemode", "ignore"), ("gc.auto", "0"), ("maintenance.auto", "false"),
        .. options.AuthoritiesFile is { } file ? [("http.sslCAInfo", file)] : Array.Empty<(string, string)>(),
    ];

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var exitCode = await RunAsync(arguments, '\n', line => Append(output, line), line => Append(error, line), cancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>For what can only fail by our own fault or the machine's.</summary>
    public async Task<string> RequireAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output, error) = await RunAsync(arguments, cancellationToken);
        return exitCode == 0 ? output : throw new InvalidOperationException($"git {arguments[0]} ended with {exitCode}: {error}");
    }

    /// <exception cref="NexusException"><c>GIT_UNAVAILABLE</c>: there is no git.</exception>
    public async Task<int> RunAsync(
        IReadOnlyList<string> arguments, char separator, Action<string> output, Action<string> error, CancellationToken cancellationToken)
    {
        try
        {
            var call = new ProgramCall(options.Program, arguments) { Folder = folder, Variables = Variables(), Separator = separator };
            return await ProgramRun.RunAsync(call, output, error, cancellationToken);
        }
        catch (Win32Exception)
        {
            throw new NexusException("GIT_UNAVAILABLE", "This server has no git, so it can't fetch repositories.", "Ask the operator to install git, or deploy an image.", "repoUrl");
        }
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>
        {
            ["HOME"] = home, ["GIT_CONFIG_NOSYSTEM"] = "1", ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_ATTR_NOSYSTEM"] = "1", ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ASKPASS"] = askPass, ["GIT_ALLOW_PROTOCOL"] = "https", ["GIT_LFS_SKIP_SMUDGE"] = "1", ["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(folder) ?? "/",
            ["GIT_CONFIG_COUNT"] = _settings.Length.ToString(CultureInfo.InvariantCulture),
        };
        for (var index = 0; index < _settings.Length; index++)
        {
            variables[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_KEY_{index}")] = _settings[index].Key;
            variables[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_VALUE_{index}")] = _settings[index].Value;
        }

        return variables;
    }

    private static void Append(StringBuilder text, string line)
    {
        if (text.Length < LongestOutput) text.AppendLine(line);
    }
}
