using Docker.DotNet;

namespace Nexus.Core.Providers.Docker;

/// <summary>An engine that answered: a client for the API version agreed on, and what else must be known of it.</summary>
/// <param name="Client">Speaks <paramref name="ApiVersion"/>.</param>
/// <param name="Version">The engine's own version, e.g. <c>28.2.2</c>.</param>
/// <param name="ApiVersion">The newest API version that both sides know.</param>
/// <param name="Cpus">How many the engine's machine has; it refuses limits above that.</param>
/// <param name="Published">Whether replicas are reached at published ports rather than at their own addresses.</param>
internal sealed record ConnectedEngine(DockerClient Client, string Version, Version ApiVersion, long Cpus, bool Published);
