using Nexus.Auth.Clients;
using OpenIddict.EntityFrameworkCore.Models;

namespace Nexus.Auth.Tokens;

/// <summary>The record of an issued code or token. Opaque ones are kept as hashes.</summary>
internal sealed class OAuthToken : OpenIddictEntityFrameworkCoreToken<Guid, OAuthClient, OAuthGrant>;
