using System.Text.Json;
using System.Text.Json.Serialization;
using Nexus.Core;
using Nexus.Core.Access;

namespace Nexus.Mcp.Discovery;

/// <summary>The endpoint's OAuth protected resource metadata: RFC 9728 §2. Made of the configured addresses alone.</summary>
internal sealed class ResourceMetadata(ServerAddresses addresses, McpOptions options)
{
    /// <summary>The document as it is served.</summary>
    public byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(new Document(
        addresses.McpResource,
        [addresses.Issuer],
        Scopes.All,
        ["header"],
        "Nexus",
        options.DocumentationUrl ?? addresses.Url + "/docs"));

    private sealed record Document(
        [property: JsonPropertyName("resource")] string Resource,
        [property: JsonPropertyName("authorization_servers")] IReadOnlyList<string> AuthorizationServers,
        [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> ScopesSupported,
        [property: JsonPropertyName("bearer_methods_supported")] IReadOnlyList<string> BearerMethodsSupported,
        [property: JsonPropertyName("resource_name")] string ResourceName,
        [property: JsonPropertyName("resource_documentation")] string ResourceDocumentation);
}
