using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Nexus.Auth.Clients;

/// <summary>Client metadata as JSON, for the wire and for the database. Absent members stay absent.</summary>
internal static class ClientMetadataJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(ClientMetadata metadata) => JsonSerializer.Serialize(metadata, Options);

    public static JsonObject ToObject(ClientMetadata metadata) =>
        JsonSerializer.SerializeToNode(metadata, Options)!.AsObject();

    public static ClientMetadata Read(string json) => JsonSerializer.Deserialize<ClientMetadata>(json, Options)!;
}
