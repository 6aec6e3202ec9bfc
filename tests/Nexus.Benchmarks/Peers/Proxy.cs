using System.Globalization;
using Nexus.Testing;

namespace Nexus.Benchmarks.Peers;

/// <summary>nginx or Caddy of Debian in front of one address, with keep-alive to it as their guides advise.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ChildProcess _process;
    private readonly int _port = LoopbackPort.Next();

    private Proxy(Func<TemporaryFolder, int, (string Configuration, CommandLine Command)> make)
    {
        var (configuration, command) = make(_folder, _port);
        File.WriteAllText(_folder.At("configuration"), configuration);
        _process = ChildProcess.Start(command);
    }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/"));

    public static Task<Proxy> StartNginxAsync(string target) => ReadyAsync(new((folder, port) => (
        $$"""
        daemon off; worker_processes auto; pid {{folder.At("pid")}}; error_log {{folder.At("error.log")}};
        events { worker_connections 1024; }
        http {
          access_log off; client_body_temp_path {{folder.At("body")}}; proxy_temp_path {{folder.At("proxy")}};
          fastcgi_temp_path {{folder.At("f")}}; uwsgi_temp_path {{folder.At("u")}}; scgi_temp_path {{folder.At("s")}};
          upstream application { server {{target}}; keepalive 64; }
          server {
            listen 127.0.0.1:{{port}};
            location / {
              proxy_pass http://application; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
              proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
            }
          }
        }
        """,
        new CommandLine(Tool.Path("nginx"), "-c", folder.At("configuration"), "-p", folder.Path))));

    public static Task<Proxy> StartCaddyAsync(string target) => ReadyAsync(new((folder, port) => (
        CaddyFile(folder, port, target), Caddy(folder, "run"))));

    /// <summary>Has Caddy send new requests to another address.</summary>
    public async Task ReloadCaddyAsync(string target)
    {
        await File.WriteAllTextAsync(_folder.At("configuration"), CaddyFile(_folder, _port, target));
        _ = (await Shell.RunAsync(Caddy(_folder, "reload"), TimeSpan.FromSeconds(30))).Required;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string CaddyFile(TemporaryFolder folder, int port, string target) =>
        $$"""
        {
          admin unix/{{folder.At("admin")}}
          auto_https off
        }
        http://:{{port}} {
          bind 127.0.0.1
          reverse_proxy {{target}}
        }
        """;

    private static CommandLine Caddy(TemporaryFolder folder, string command) =>
        new(Tool.Path("caddy"), command, "--adapter", "caddyfile", "--config", folder.At("configuration"))
        {
            Variables = new Dictionary<string, string?> { ["XDG_DATA_HOME"] = folder.Path, ["XDG_CONFIG_HOME"] = folder.Path },
        };

    private static async Task<Proxy> ReadyAsync(Proxy proxy)
    {
        await Http.UntilAnswersAsync(proxy.Address, proxy._process);
        return proxy;
    }
}
