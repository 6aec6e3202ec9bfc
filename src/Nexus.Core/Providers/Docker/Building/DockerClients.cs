using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Nexus.Core.Processes;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>Finds a docker client on this machine that has BuildKit, by trying each.</summary>
internal sealed partial class DockerClients(DockerOptions options, TimeProvider time) : IDisposable
{
    /// <summary>From this version on the client leaves building to a plug-in.</summary>
    private const int NeedsPlugIn = 23;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private Probe? _probe;

    /// <summary>The first that works; null where none does, or builds are to be classic.</summary>
    public async Task<BuildKitClient?> FindAsync(CancellationToken cancellationToken)
    {
        if (options.BuildsClassic) return null;
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_probe is not { } known || time.GetElapsedTime(known.At) > Lifetime)
                _probe = new(await ProbeAsync(cancellationToken), time.GetTimestamp());
            return _probe.Client;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private static async Task<BuildKitClient?> ProbeAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Candidates())
        {
            var version = VersionOf().Match(await RunAsync(path, ["--version"], cancellationToken) ?? "");
            if (!version.Success) continue;
            var major = int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture);
            if (major < NeedsPlugIn || await RunAsync(path, ["buildx", "version"], cancellationToken) is not null)
                return new(path, version.Groups["version"].Value);
        }

        return null;
    }

    private static IEnumerable<string> Candidates() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Append("/usr/local/bin")
        .Append("/usr/bin")
        .Select(folder => Path.Combine(folder, "docker"))
        .Where(File.Exists)
        .DistinctBy(path => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);

    /// <summary>What it prints; null where it fails.</summary>
    private static async Task<string?> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await using var process = WatchedProcess.Start(Limit, program, arguments, ClientEnvironment.Bare());
            var lines = new List<string>();
            return await process.RunAsync(lines.Add, limit.Token) == 0 ? string.Join('\n', lines) : null;
        }
        catch (Exception failure) when (failure is Win32Exception or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\ADocker version (?<version>(?<major>\d+)\.[\w.+-]+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionOf();

    private sealed record Probe(BuildKitClient? Client, long At);
}
