using System.Security.Claims;
using Nexus.Auth.Clients;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Authorization;

/// <summary>What a valid authorization request needs next.</summary>
internal abstract record AuthorizationStep
{
    /// <summary>The person has to sign in, then come back to this local URL.</summary>
    public sealed record SignIn(string ReturnUrl) : AuthorizationStep;

    /// <summary>The person has to be asked.</summary>
    public sealed record Ask(OAuthClient Client, Membership Membership, IReadOnlyList<string> Scopes) : AuthorizationStep;

    public sealed record Issue(ClaimsPrincipal Grant) : AuthorizationStep;

    public sealed record Refuse(string Error, string Description) : AuthorizationStep;
}
