namespace Nexus.Mcp.Tools;

/// <summary>Who the caller is and what they may do here.</summary>
internal sealed record WhoAmI(
    Person User,
    OrganizationName Organization,
    string Role,
    IReadOnlyList<string> Scopes,
    string ClientId,
    string Plan,
    IReadOnlyList<string> Tools);

/// <summary>The signed-in person.</summary>
internal sealed record Person(Guid Id, string Email, string Name);

/// <summary>The organisation that the token is for.</summary>
internal sealed record OrganizationName(Guid Id, string Name);
