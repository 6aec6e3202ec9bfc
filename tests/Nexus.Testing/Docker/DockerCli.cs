namespace Nexus.Testing;

/// <summary>Debian's own docker client, speaking to one engine.</summary>
public sealed class DockerCli
{
    private readonly Dictionary<string, string?> _variables;

    internal DockerCli(string endpoint, string configuration)
    {
        // The classic builder: BuildKit's pulls a front end, and newer clients want a plug-in for it.
        _variables = new() { ["DOCKER_HOST"] = endpoint, ["DOCKER_CONFIG"] = configuration, ["DOCKER_BUILDKIT"] = "0", ["DOCKER_CONTEXT"] = null };
    }

    /// <summary>Runs <c>docker …</c> and returns how it ended.</summary>
    public Task<CommandResult> TryAsync(IReadOnlyList<string> arguments, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Shell.RunAsync(new(Tool.Path("docker"), arguments) { Variables = _variables }, deadline, cancellation);

    /// <summary>Runs <c>docker …</c>, which must succeed (in 15 minutes: a base image of many packages takes its time), and returns its output.</summary>
    public async Task<string> RunAsync(params IReadOnlyList<string> arguments) =>
        (await TryAsync(arguments, TimeSpan.FromMinutes(15))).Required;

    /// <summary>Builds an image from a Dockerfile and other files, given by name and content.</summary>
    public async Task<string> BuildAsync(string tag, string dockerfile, params IEnumerable<(string Name, string Content)> files)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, content) in files.Append(("Dockerfile", dockerfile)))
            await File.WriteAllTextAsync(folder.At(name), content);
        return await RunAsync("build", "--quiet", "--tag", tag, folder.Path);
    }
}
