using System.Globalization;
using System.Net;

namespace Nexus.Testing;

/// <summary>A BIND on a random loopback port that has the root zone to itself, and takes changes to it.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _process;

    private NameServer(TemporaryFolder folder, ChildProcess process, int port) =>
        (_folder, _process, Address) = (folder, process, new IPEndPoint(IPAddress.Loopback, port));

    public IPEndPoint Address { get; }

    public static async Task<NameServer> StartAsync(CancellationToken cancellation)
    {
        var (folder, port) = (new TemporaryFolder(), LoopbackPort.Next());
        await File.WriteAllTextAsync(folder.At("root.zone"), Root, cancellation);
        await File.WriteAllTextAsync(folder.At("named.conf"), Configuration(folder, port), cancellation);
        var process = ChildProcess.Start(new(Tool.Path("named"), "-g", "-n", "1", "-c", folder.At("named.conf")));
        await process.Log.WaitForAsync(line => line.EndsWith(" running", StringComparison.Ordinal), "named to run", cancellation: cancellation);
        return new(folder, process, port);
    }

    public async Task AddAsync(string name, string type, string value)
    {
        var written = type switch { "CNAME" => value + ".", "TXT" => $"\"{value}\"", _ => value };
        var order = _folder.At(Guid.NewGuid().ToString("N"));
        await File.WriteAllLinesAsync(order,
        [
            string.Create(CultureInfo.InvariantCulture, $"server {Address.Address} {Address.Port}"),
            "zone .",
            $"update add {name}. 0 {type} {written}",
            "send",
        ]);
        _ = (await Shell.RunAsync(new(Tool.Path("nsupdate"), order))).Required;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private const string Root = """
        $TTL 0
        . IN SOA ns.test. hostmaster.test. 1 3600 600 86400 0
        . IN NS ns.test.
        ns.test. IN A 127.0.0.1

        """;

    private static string Configuration(TemporaryFolder folder, int port) => $$"""
        options {
          directory "{{folder.Path}}";
          pid-file none;
          session-keyfile "{{folder.At("session.key")}}";
          listen-on port {{port}} { 127.0.0.1; };
          listen-on-v6 { none; };
          dnssec-validation no;
          recursion no;
        };
        controls {};
        zone "." { type master; file "root.zone"; allow-update { 127.0.0.1; }; };
        """;
}
