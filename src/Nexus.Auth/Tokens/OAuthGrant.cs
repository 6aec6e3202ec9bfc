using Nexus.Auth.Clients;
using OpenIddict.EntityFrameworkCore.Models;

namespace Nexus.Auth.Tokens;

/// <summary>One authorization by a person, and the family of all tokens that came of it.</summary>
internal sealed class OAuthGrant : OpenIddictEntityFrameworkCoreAuthorization<Guid, OAuthClient, OAuthToken>;
