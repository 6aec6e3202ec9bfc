using OpenIddict.Abstractions;

namespace Nexus.Auth.Clients;

/// <summary>Finds registered clients.</summary>
internal sealed class ClientDirectory(IOpenIddictApplicationManager manager)
{
    public async Task<OAuthClient?> FindAsync(string clientId, CancellationToken cancellationToken) =>
        (OAuthClient?)await manager.FindByClientIdAsync(clientId, cancellationToken);

    /// <summary>The client of a request that was found valid.</summary>
    public async Task<OAuthClient> GetAsync(string clientId, CancellationToken cancellationToken) =>
        await FindAsync(clientId, cancellationToken) ??
        throw new InvalidOperationException("The request's client is gone.");
}

/// <summary>What a client's metadata means.</summary>
internal static class ClientFacts
{
    private const int LongestName = 60;

    public static ClientMetadata MetadataOf(this OAuthClient client) => ClientMetadataJson.Read(client.Metadata);

    /// <summary>Null when it registered none: it may then ask for any.</summary>
    public static IReadOnlyList<string>? RegisteredScopes(this OAuthClient client) => client.MetadataOf().Scope?.Split(' ');

    /// <summary>The name that it gave itself, or its ID; cut so that it can't push the warnings about it out of sight.</summary>
    public static string NameToShow(this OAuthClient client)
    {
        var name = client.DisplayName is { Length: > 0 } given ? given : client.ClientId!;
        if (name.Length <= LongestName) return name;
        var end = char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName;
        return name[..end] + "…";
    }

    /// <summary>The host of the web page that it says is its own; null when it names none.</summary>
    public static string? HostToShow(this OAuthClient client) =>
        Uri.TryCreate(client.MetadataOf().ClientUri, UriKind.Absolute, out var uri) ? uri.IdnHost : null;

    /// <summary>Whether it is only what it says of itself: nobody here registered it.</summary>
    public static bool IsUnverified(this OAuthClient client) => client.RegistrationTokenHash is not null;

    /// <summary>Where an answer goes: the URI that the request names, or the only registered one.</summary>
    public static string? RedirectUriFor(this OAuthClient client, string? asked) =>
        string.IsNullOrEmpty(asked) ? client.MetadataOf().RedirectUris[0] : asked;
}
