using System.Collections.Immutable;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>
/// What ARG and ENV have set up to some instruction; the latest of the two wins, as in BuildKit. What the base image brings and
/// what a build argument would replace isn't known: we hand none to the builder.
/// </summary>
internal sealed record Variables(ImmutableDictionary<string, string> Values)
{
    public static readonly Variables None = new(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>BuildKit's own arguments before the first FROM, for the one platform that we build for.</summary>
    public static readonly Variables Platform = None
        .With("BUILDPLATFORM", "linux/amd64").With("BUILDOS", "linux").With("BUILDARCH", "amd64").With("BUILDVARIANT", "")
        .With("TARGETPLATFORM", "linux/amd64").With("TARGETOS", "linux").With("TARGETARCH", "amd64").With("TARGETVARIANT", "");

    public Variables With(string name, string value) => new(Values.SetItem(name, value));

    public string? Find(string name) => Values.GetValueOrDefault(name);
}
