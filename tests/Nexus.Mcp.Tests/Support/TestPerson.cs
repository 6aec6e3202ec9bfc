namespace Nexus.Mcp.Tests.Support;

/// <summary>Somebody with a token that carries every scope.</summary>
public sealed record TestPerson(Guid UserId, Guid OrganizationId, string Token);
