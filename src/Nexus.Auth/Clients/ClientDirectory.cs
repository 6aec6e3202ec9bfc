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

    /// <summary>What it means when it asks for no scope; null when it registered none.</summary>
    public static IReadOnlyList<string>? RegisteredScopes(this OAuthClient client) => client.MetadataOf().Scope?.Split(' ');

    /// <summary>
    /// The most that it may ask for; null for anything. Only what an operator or an Admin wrote down is a limit:
    /// a client that registered itself could register anew with more, so consent and the person's rights decide.
    /// </summary>
    public static IReadOnlyList<string>? ScopeCeiling(this OAuthClient client) =>
        client.IsOpen() ? null : client.RegisteredScopes();

    /// <summary>Whether anybody could have made it: it registered itself, or published its metadata.</summary>
    public static bool IsOpen(this OAuthClient client) => client.RegistrationTokenHash is not null || client.IsDocument();

    /// <summary>Whether its ID is the URL of its metadata document.</summary>
    public static bool IsDocument(this OAuthClient client) => client.DocumentFreshUntil is not null;

    /// <summary>The name that it gave itself, or its ID; cut so that it can't push the warnings about it out of sight.</summary>
    public static string NameToShow(this OAuthClient client)
    {
        var name = client.DisplayName is { Length: > 0 } given ? given : client.ClientId!;
        if (name.Length <= LongestName) return name;
        var end = char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName;
        return name[..end] + "…";
    }

    /// <summary>The host of its metadata document, or of the web page that it says is its own; null when it has neither.</summary>
    public static string? HostToShow(this OAuthClient client)
    {
        var page = client.IsDocument() ? client.ClientId : client.MetadataOf().ClientUri;
        return Uri.TryCreate(page, UriKind.Absolute, out var uri) ? uri.IdnHost : null;
    }

    /// <summary>Whether it is only what it says of itself: nobody here registered it, and no web server vouches for it.</summary>
    public static bool IsUnverified(this OAuthClient client) => client.IsOpen() && !client.IsDocument();

    /// <summary>Where an answer goes: the URI that the request names, or the only registered one.</summary>
    public static string? RedirectUriFor(this OAuthClient client, string? asked) =>
        string.IsNullOrEmpty(asked) ? client.MetadataOf().RedirectUris is [var first, ..] ? first : null : asked;
}
