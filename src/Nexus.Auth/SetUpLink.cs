using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Keys;
using Nexus.Core.Organizations;

namespace Nexus.Auth;

/// <summary>
/// The one-time link for making the first Owner, to be printed at start. Its token follows from the encryption key:
/// every node and every start has the same one, nothing is stored, and it is worth nothing once there is an Owner.
/// </summary>
public sealed class SetUpLink
{
    private readonly OrganizationDirectory _organizations;
    private readonly AuthAddresses _addresses;
    private readonly string _token;

    internal SetUpLink(OrganizationDirectory organizations, AuthAddresses addresses, SecretBox box) =>
        (_organizations, _addresses, _token) = (organizations, addresses, Base64UrlEncoder.Encode(box.KeyFor("set-up link")));

    /// <summary>The URL; null when there is an Owner.</summary>
    public async Task<string?> FindAsync(CancellationToken cancellationToken) =>
        await _organizations.HasOwnerAsync(cancellationToken) ? null : $"{_addresses.UrlOf(AuthPaths.SetUp)}?token={_token}";

    /// <summary>Whether this is the link's token, and there is no Owner yet.</summary>
    internal async Task<bool> AcceptsAsync(string? token, CancellationToken cancellationToken) =>
        token is not null &&
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(_token)) &&
        !await _organizations.HasOwnerAsync(cancellationToken);
}
