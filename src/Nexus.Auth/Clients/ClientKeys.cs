using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Http;

namespace Nexus.Auth.Clients;

/// <summary>
/// Finds the keys that a client's assertions are checked with: those that it registered, or those that it publishes now.
/// A key that isn't among the published ones may be new, so they are fetched again — but not at every stranger's request.
/// </summary>
internal sealed class ClientKeys(WebDocuments documents)
{
    private const int MostBytes = 64 * 1024;

    /// <exception cref="WebDocumentException">The client's keys can't be had.</exception>
    public async Task<IReadOnlyList<SecurityKey>> FindAsync(OAuthClient client, string? keyId)
    {
        var metadata = client.MetadataOf();
        if (metadata.AuthenticationMethod is not ClientMetadata.PrivateKeyJwt) return [];
        if (metadata.KeysUri is not { } url) return ClientKeySet.UsableKeys(metadata.Keys);

        var keys = UsableKeys(await documents.GetAsync(url, MostBytes));
        return keys.Any(key => keyId is null || key.KeyId == keyId)
            ? keys
            : UsableKeys(await documents.GetNewerAsync(url, MostBytes));
    }

    private static IReadOnlyList<SecurityKey> UsableKeys(WebDocument document) => ClientKeySet.UsableKeys((JsonNode)document.Body);
}
