using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nexus.Core.Providers.Docker;

/// <summary>
/// Keeps containers of deployments from this machine's own services and from cloud metadata, where the operator asked for it.
/// The rules match bridges by their name's beginning (<see cref="DockerNetworks.BridgeOf"/>), so a project more changes nothing in them.
/// </summary>
/// <remarks>
/// They are in the table mangle, before routing: one rule sees what goes to this machine and what goes through it, and neither the
/// engine nor a firewall of the machine writes there. Decision 5.
/// </remarks>
internal sealed partial class HostGuard(DockerOptions options, TimeProvider time, ILogger<HostGuard> logger) : BackgroundService
{
    private const string Chain = "NEXUS-GUARD";
    private const string HasIpV6 = "/proc/net/if_inet6";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private bool _written;

    private string[] Jump => ["PREROUTING", "-i", options.BridgePrefix + "+", "-m", "conntrack", "--ctstate", "NEW", "-j", ChainName];

    /// <summary>Chains are as many as prefixes, so that two servers with their own don't undo each other's.</summary>
    private string ChainName => options.BridgePrefix == DockerOptions.DefaultBridgePrefix ? Chain : $"{Chain}-{options.BridgePrefix}";

    /// <summary>Sees to it that the rules are there. No replica starts without them.</summary>
    /// <exception cref="ProviderException">They can't be made.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (!options.GuardHost) return;
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await EnsureAsync("iptables", Metadata.V4, cancellationToken);
            if (File.Exists(HasIpV6)) await EnsureAsync("ip6tables", Metadata.V6, cancellationToken);
            _written = true;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    /// <summary>A firewall that is loaded anew takes our rules with it.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.GuardHost && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await EnsureAsync(stoppingToken);
            }
            catch (ProviderException failure)
            {
                LogNotGuarded(failure);
            }

            await Task.Delay(LookAgain, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EnsureAsync(string tool, string[] metadata, CancellationToken cancellationToken)
    {
        var (failure, _) = await RunAsync(tool, ["-w", "-t", "mangle", "-C", .. Jump], input: "", cancellationToken);
        if (failure is null && _written) return;
        // One commit: there is no moment with half of the rules.
        var rules = Rules(metadata, jump: failure is not null);
        (failure, var inner) = await RunAsync($"{tool}-restore", ["-w", "--noflush"], rules, cancellationToken);
        if (failure is null) return;
        throw new ProviderException(
            "HOST_GUARD_FAILED", $"The rules that keep containers from this machine's services can't be made: {failure}",
            "Run the server as root with iptables installed, or make the rules by hand (docs/security.md) and turn Nexus__Docker__GuardHost off.",
            transient: true, inner);
    }

    private string Rules(string[] metadata, bool jump)
    {
        List<string> rules =
        [
            "*mangle",
            $":{ChainName} - [0:0]",
            // The engine asks the machine's resolver from inside the container, wherever that is.
            $"-A {ChainName} -p udp --dport 53 -j RETURN",
            $"-A {ChainName} -p tcp --dport 53 -j RETURN",
            .. metadata.Select(range => $"-A {ChainName} -d {range} -j DROP"),
        ];
        if (options.HostPorts.Count > 0)
            rules.Add($"-A {ChainName} -p tcp -m addrtype --dst-type LOCAL -m multiport --dports {string.Join(',', options.HostPorts)} -j RETURN");
        rules.Add($"-A {ChainName} -m addrtype --dst-type LOCAL -j DROP");
        if (jump) rules.Add("-I " + string.Join(' ', Jump));
        rules.Add("COMMIT");
        return string.Join('\n', rules) + '\n';
    }

    /// <summary>What it said, where it failed.</summary>
    private async Task<(string? Failure, Exception? Inner)> RunAsync(
        string program, IEnumerable<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteAsync(input.AsMemory(), either.Token);
            process.StandardInput.Close();
            var said = await process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode == 0 ? null : said.Trim(), null);
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or IOException
            || failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ($"{program}: {failure.Message}", failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Containers may reach this machine's services; trying again")]
    private partial void LogNotGuarded(Exception exception);

    /// <summary>Where clouds answer what a machine may know and do.</summary>
    private static class Metadata
    {
        public static readonly string[] V4 = ["169.254.0.0/16"];

        public static readonly string[] V6 = ["fe80::/10", "fd00:ec2::254/128"];
    }
}
