namespace Nexus.Core.Providers.Docker.Building;

/// <summary>A docker client that has BuildKit: in itself before version 23, else by the plug-in buildx.</summary>
internal sealed record BuildKitClient(string Path, string Version);
