using System.Text;

namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>Decides before any build whether a Dockerfile may be built, and names everything that stands in the way at once.</summary>
public sealed class DockerfilePolicy
{
    private readonly IDockerfileRule[] _rules;

    public DockerfilePolicy(ImagePolicy images, BuildConfinement? confinement = null)
    {
        IDockerfileRule[] always =
            [new BaseImages(images), new Ports(), new RemoteScripts(), new HostAccess(), new HardCodedSecrets(), new InstructionCount()];
        _rules = confinement is { KeptFromHost: true } ? [.. always, new RemoteAdds()] : always;
    }

    /// <summary>All violations, by line; none where the Dockerfile may be built.</summary>
    public IReadOnlyList<Violation> Judge(string dockerfile)
    {
        if (FileSize.Check(dockerfile) is { } tooLarge) return [tooLarge];
        try
        {
            var reading = DockerfileReading.Of(Dockerfile.Parse(dockerfile));
            return [.. _rules.SelectMany(rule => rule.Check(reading)).Distinct().OrderBy(violation => violation.Line)];
        }
        catch (DockerfileException unreadable)
        {
            return [Unreadable(unreadable)];
        }
    }

    /// <exception cref="NexusException"><c>DOCKERFILE_REJECTED</c> with every violation.</exception>
    public void Check(string dockerfile)
    {
        var violations = Judge(dockerfile);
        if (violations.Count == 0) return;
        throw new NexusException("DOCKERFILE_REJECTED", "Dockerfile validation failed", Hint(violations), "dockerfile") { Details = violations };
    }

    private static Violation Unreadable(DockerfileException wrong) => new(
        wrong.Line, "unreadable", $"Dockerfile cannot be read: {wrong.Message}", "Correct this line; `docker build --check` shows what the builder makes of it.");

    private static string Hint(IReadOnlyList<Violation> violations) =>
        new StringBuilder().AppendJoin(' ', violations.Take(20).Select(one => $"Line {one.Line}: {one.Message}. {one.Fix}")).ToString();
}
