using Nexus.Core.Sources.Dockerfiles.Policy;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>Chooses the Dockerfile: the given one, one for the framework that is asked for, the source's own, or one for what it looks like.</summary>
public sealed class BuildRecipes(DockerfilePolicy policy)
{
    private const string FileName = "Dockerfile";

    /// <exception cref="NexusException"><c>DOCKERFILE_REJECTED</c>, <c>UNKNOWN_FRAMEWORK</c>, <c>FRAMEWORK_NOT_DETECTED</c> and what the wishes have wrong.</exception>
    public BuildRecipe Choose(SourceTree source, BuildWishes wishes, string? givenDockerfile)
    {
        wishes.Check();
        var recipe = Find(source, wishes, givenDockerfile);
        policy.Check(recipe.Dockerfile);
        return recipe;
    }

    private static BuildRecipe Find(SourceTree source, BuildWishes wishes, string? given)
    {
        if (given is not null) return new(given, null, wishes.Port, ["The given Dockerfile is used."]);
        if (wishes.Framework is { } name and not ("docker" or "dockerfile")) return Write(KnownFrameworks.Get(name), "it was asked for", source, wishes);
        if (source.Has(FileName)) return new(source.Read(FileName), null, wishes.Port, ["The source's own Dockerfile is used."]);
        foreach (var framework in KnownFrameworks.All)
            if (framework.Recognise(source) is { } file)
                return Write(framework, $"there is {file}", source, wishes);
        throw new NexusException(
            "FRAMEWORK_NOT_DETECTED", "The source has no Dockerfile, and nothing in its top folder shows what it is made with.",
            $"Add a Dockerfile, or name the framework: {string.Join(", ", KnownFrameworks.All.Select(one => one.Id))}.", "framework");
    }

    private static BuildRecipe Write(IFramework framework, string why, SourceTree source, BuildWishes wishes)
    {
        var written = framework.Write(source, wishes);
        return new(written.Text, framework.Id, written.Port, [$"The framework is {framework.Id}: {why}.", .. written.Notes]);
    }
}
