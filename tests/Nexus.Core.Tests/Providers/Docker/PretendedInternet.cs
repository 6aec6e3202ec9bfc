using Nexus.Testing;

namespace Nexus.Core.Tests.Providers.Docker;

/// <summary>Another machine, as a network namespace: a web server at an address of the internet and at that of cloud metadata.</summary>
internal sealed class PretendedInternet : IAsyncDisposable
{
    /// <summary>Of those for documentation (RFC 5737).</summary>
    public const string Address = "203.0.113.2";

    private const string Name = "nxinternet";
    private ChildProcess? _server;

    public static async Task<PretendedInternet> StartAsync()
    {
        var internet = new PretendedInternet();
        await RemoveAsync();
        await IpAsync("netns", "add", Name);
        await IpAsync("link", "add", Name, "type", "veth", "peer", "name", "eth0", "netns", Name);
        await IpAsync("address", "add", "203.0.113.1/24", "dev", Name);
        await IpAsync("link", "set", Name, "up");
        await IpAsync("route", "add", "169.254.169.254", "dev", Name);
        await IpAsync("-n", Name, "address", "add", $"{Address}/24", "dev", "eth0");
        await IpAsync("-n", Name, "address", "add", "169.254.169.254/32", "dev", "eth0");
        await IpAsync("-n", Name, "link", "set", "eth0", "up");
        internet._server = ChildProcess.Start(new(Tool.Path("ip"), "netns", "exec", Name, Tool.Path("busybox"), "httpd", "-f", "-p", "80"));
        return internet;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await RemoveAsync();
    }

    /// <summary>With the namespace its end of the pair goes, and with that the other.</summary>
    private static Task<CommandResult> RemoveAsync() => Shell.RunAsync(new(Tool.Path("ip"), "netns", "delete", Name));

    private static async Task IpAsync(params string[] arguments) =>
        _ = (await Shell.RunAsync(new(Tool.Path("ip"), arguments))).Required;
}
