using Nexus.Core;
using Nexus.Core.Storage;
using Nexus.Server.Configuration;

namespace Nexus.Server.Startup;

/// <summary>Runs a command of an operator beside running servers, with the same settings as they have.</summary>
internal static class AdminCommand
{
    /// <summary>Returns the exit code. Nothing is made where no server has started yet.</summary>
    public static async Task<int> RunAsync(
        string? data, Action<IServiceCollection, ServerSettings> addServices, Func<IServiceProvider, CancellationToken, Task> action,
        CancellationToken cancellationToken)
    {
        try
        {
            var settings = ServerHost.ReadSettings([KeyValuePair.Create("Nexus:DataDirectory", data)]);
            var services = new ServiceCollection().AddLogging().AddSingleton(settings.Addresses).AddNexusStorage(settings.Database);
            addServices(services, settings);
            await using var provider = services.BuildServiceProvider();
            await action(provider, cancellationToken);
            return 0;
        }
        catch (SettingsException exception)
        {
            return await ServerCommand.RefuseAsync(exception);
        }
        catch (NexusException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} {exception.Hint}");
            return 1;
        }
    }
}
