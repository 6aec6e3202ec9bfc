namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>An image that the builder would fetch: of FROM, <c>COPY --from</c>, <c>RUN --mount=from</c> or the front end.</summary>
internal sealed record ImageUse(string Name, int Line, bool IsFrontEnd = false);
