using System.Text.Json;
using System.Text.Json.Nodes;
using Nexus.Auth.Http;

namespace Nexus.Auth.Clients;

/// <summary>Reads members of a registration by name, and refuses a wrong one by its name. Members that it isn't asked for are ignored.</summary>
internal sealed class MetadataReader(JsonObject body)
{
    private const int MostCharacters = 2000;
    private const int MostItems = 20;

    public bool Has(string member) => body[member] is not null;

    public JsonNode? Node(string member) => body[member];

    public string? Text(string member) => body[member] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => Bounded(member, text),
        _ => throw Problem(member, "is not a string"),
    };

    public IReadOnlyList<string>? Texts(string member) => body[member] switch
    {
        null => null,
        JsonArray { Count: <= MostItems } items => [.. items.Select(item => Item(member, item))],
        JsonArray => throw Problem(member, $"has more than {MostItems} items"),
        _ => throw Problem(member, "is not an array of strings"),
    };

    /// <summary>A web address, which is kept and shown as unverified, and never fetched.</summary>
    public string? WebAddress(string member)
    {
        if (Text(member) is not { Length: > 0 } text) return null;
        var isWeb = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
        return isWeb ? text : throw Problem(member, "is not an http or https URL");
    }

    public static OAuthException Problem(string member, string problem) =>
        new("invalid_client_metadata", $"{member} {problem}");

    private static string Item(string member, JsonNode? item) =>
        item?.GetValueKind() is JsonValueKind.String
            ? Bounded(member, item.GetValue<string>())
            : throw Problem(member, "is not an array of strings");

    private static string Bounded(string member, string text)
    {
        // A longer redirect URI has an error of its own.
        if (text.Length > MostCharacters && member is not "redirect_uris")
            throw Problem(member, $"is longer than {MostCharacters} characters");
        return text.Any(char.IsControl) && member is not "redirect_uris"
            ? throw Problem(member, "has control characters")
            : text;
    }
}
