namespace Nexus.Core.Sources.Frameworks;

/// <summary>The frameworks, the more telling first: a PHP or Ruby application often has a package.json too.</summary>
internal static class KnownFrameworks
{
    public static readonly IReadOnlyList<IFramework> All =
        [new DotNetFramework(), new GoFramework(), new RustFramework(), new PhpFramework(), new RubyFramework(), new PythonFramework(), new NodeFramework(), new StaticFramework()];

    /// <exception cref="NexusException"><c>UNKNOWN_FRAMEWORK</c>.</exception>
    public static IFramework Get(string name) =>
        All.FirstOrDefault(framework => framework.Aliases.Prepend(framework.Id).Contains(name, StringComparer.OrdinalIgnoreCase))
        ?? throw new NexusException(
            "UNKNOWN_FRAMEWORK", "There is no such framework.",
            $"Use one of {string.Join(", ", All.Select(framework => framework.Id))}, leave it out to detect it, or give a dockerfile.", "framework");
}
