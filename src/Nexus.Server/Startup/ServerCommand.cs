using System.CommandLine;
using Nexus.Core;
using Nexus.Server.Configuration;

namespace Nexus.Server.Startup;

/// <summary>The command line: options stand above the environment, which stands above <c>appsettings.json</c>.</summary>
internal static class ServerCommand
{
    /// <summary>The exit code for settings that the server can't start with (sysexits' EX_CONFIG).</summary>
    private const int BadSettings = 78;

    public static RootCommand Create()
    {
        var port = new Option<int?>("--port") { Description = "The port to listen on (default 8080)" };
        var data = new Option<string?>("--data") { Description = "The folder for the database and the keys (default ./data)", Recursive = true };
        var listen = new Option<string?>("--listen") { Description = "The address to listen on (default localhost; 0.0.0.0 for all)" };
        var url = new Option<string?>("--url") { Description = "The public address, e.g. https://nexus.example.com (default http://localhost:PORT)" };
        var jsonLogs = new Option<bool>("--json-logs") { Description = "Write logs as JSON lines" };
        var root = new RootCommand("Nexus: a deploy button that any agent can press safely, on machines that you own.")
        {
            port, data, listen, url, jsonLogs, KeysCommand.Create(data), VaultCommand.Create(data), AuditCommand.Create(data),
        };
        root.SetAction((parsed, cancellationToken) => RunAsync(
            new Dictionary<string, string?>
            {
                ["Nexus:Port"] = parsed.GetValue(port)?.ToString(),
                ["Nexus:DataDirectory"] = parsed.GetValue(data),
                ["Nexus:Listen"] = parsed.GetValue(listen),
                ["Nexus:Url"] = parsed.GetValue(url),
                ["Nexus:Logs"] = parsed.GetValue(jsonLogs) ? "json" : null,
            },
            cancellationToken));
        return root;
    }

    private static async Task<int> RunAsync(Dictionary<string, string?> options, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = ServerHost.Build(options.Where(option => option.Value is not null));
            await ServerHost.RunAsync(app, cancellationToken);
            return 0;
        }
        catch (SettingsException exception)
        {
            return await RefuseAsync(exception);
        }
        catch (NexusException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} {exception.Hint}");
            return BadSettings;
        }
        catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync("The port is in use by another program: choose another one with --port.");
            return 1;
        }
    }

    /// <summary>Names each bad setting; returns the exit code.</summary>
    public static async Task<int> RefuseAsync(SettingsException exception)
    {
        foreach (var problem in exception.Problems) await Console.Error.WriteLineAsync($"Setting {problem}");
        return BadSettings;
    }
}
