namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>What builds on this server are held to beyond what always holds.</summary>
/// <param name="KeptFromHost">Their steps may not reach the machine's own services.</param>
public sealed record BuildConfinement(bool KeptFromHost);
