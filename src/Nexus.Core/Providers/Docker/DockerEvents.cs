using Docker.DotNet.Models;

namespace Nexus.Core.Providers.Docker;

/// <summary>Follows what the engine says of containers as it happens.</summary>
internal sealed class DockerEvents(DockerConnection connection)
{
    /// <summary>Returns when the engine ends the stream.</summary>
    public Task WatchEndsAsync(Action<Guid> ended, CancellationToken cancellationToken) =>
        connection.CallAsync(
            engine => engine.Client.System.MonitorEventsAsync(
                new ContainerEventsParameters
                {
                    Filters = new Dictionary<string, IDictionary<string, bool>>
                    {
                        ["type"] = new Dictionary<string, bool> { ["container"] = true },
                        ["event"] = new Dictionary<string, bool> { ["die"] = true },
                        ["label"] = new Dictionary<string, bool> { [ReplicaLabels.Deployment] = true },
                    },
                },
                new Listener(ended),
                cancellationToken),
            cancellationToken);

    private sealed class Listener(Action<Guid> ended) : IProgress<Message>
    {
        public void Report(Message value)
        {
            if (value.Actor?.Attributes?.TryGetValue(ReplicaLabels.Deployment, out var text) == true && Guid.TryParse(text, out var id)) ended(id);
        }
    }
}
