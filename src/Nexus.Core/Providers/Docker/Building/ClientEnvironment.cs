namespace Nexus.Core.Providers.Docker.Building;

/// <summary>The whole environment of a docker client: nothing of the server's own is in it, so no secret and no one's settings.</summary>
internal static class ClientEnvironment
{
    public static Dictionary<string, string> Bare() => new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = "/nonexistent",
        ["LC_ALL"] = "C",
    };

    /// <param name="host">The engine's address.</param>
    /// <param name="home">An empty folder.</param>
    public static Dictionary<string, string> For(string host, string home) => new(Bare())
    {
        ["HOME"] = home,
        ["DOCKER_CONFIG"] = home,
        ["DOCKER_HOST"] = host,
        ["DOCKER_BUILDKIT"] = "1",
    };
}
