namespace Nexus.Auth;

/// <summary>What the authorization server needs to know, as plain values; the composition root reads the configuration.</summary>
public sealed record AuthOptions
{
    /// <summary>32 bytes: the root of every key that protects secrets at rest. The same on every node.</summary>
    public required byte[] EncryptionKey { get; init; }

    /// <summary>The key that was before, while what it sealed is sealed anew.</summary>
    public byte[]? PreviousEncryptionKey { get; init; }

    /// <summary><c>OAUTH_SIGNING_SECRET</c>, at least 32 bytes; null for a key made at first start and kept in the database.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>The secret that comes next: its key is published already, and doesn't sign.</summary>
    public string? NextSigningSecret { get; init; }

    /// <summary>The secret that was before: its key is still published.</summary>
    public string? PreviousSigningSecret { get; init; }

    /// <summary>What keys are made for. Keys from secrets are ES256 alone.</summary>
    public SigningAlgorithm SigningAlgorithm { get; init; }

    /// <summary>The client from <c>OAUTH_CLIENT_ID</c>; null for none.</summary>
    public StaticClientOptions? StaticClient { get; init; }

    /// <summary>Made at first start; null to have the Owner created through the set-up link.</summary>
    public OwnerOptions? Owner { get; init; }

    /// <summary>Private-use URI schemes that redirect URIs may have besides reverse-domain ones (RFC 8252 §7.1).</summary>
    public IReadOnlyList<string> PrivateUseSchemes { get; init; } =
        ["cursor", "vscode", "vscode-insiders", "windsurf", "claude"];

    public AuthLifetimes Lifetimes { get; init; } = new();

    /// <summary>Registrations that one address may make in a minute.</summary>
    public int RegistrationsPerMinute { get; init; } = 20;

    /// <summary>Passwords that one address may try in a minute, at the sign-in page and <c>/api/auth/login</c> together.</summary>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>
    /// Whether the URL of a metadata document is good as a client ID. Clients that see it advertised use it, so a server without a way
    /// to the internet has to turn it off; they register then.
    /// </summary>
    public bool TakesMetadataDocuments { get; init; } = true;

    /// <summary>Client ID metadata documents that one address may have this server fetch in a minute.</summary>
    public int DocumentFetchesPerMinute { get; init; } = 20;

    /// <summary>Device authorizations that one address may start in a minute.</summary>
    public int DevicesPerMinute { get; init; } = 30;

    /// <summary>Codes of devices that one address, or one account, may try in a minute.</summary>
    public int UserCodesPerMinute { get; init; } = 20;
}

/// <summary>A client that the operator configured. Without a secret it is public.</summary>
public sealed record StaticClientOptions(string ClientId, string? ClientSecret, IReadOnlyList<string> RedirectUris);

/// <summary>The first Owner's account.</summary>
public sealed record OwnerOptions(string Email, string Password)
{
    public string Name { get; init; } = "Owner";

    public string Organization { get; init; } = "My organisation";
}

/// <summary>How long what the server hands out is good for.</summary>
public sealed record AuthLifetimes
{
    public TimeSpan AuthorizationCode { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan AccessToken { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a person has to answer a device, and the device then has to notice.</summary>
    public TimeSpan DeviceCode { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a device waits between two questions (RFC 8628 §3.2).</summary>
    public TimeSpan DevicePolling { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Counted anew from each use.</summary>
    public TimeSpan RefreshToken { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Counted from the authorization, however often the tokens were refreshed.</summary>
    public TimeSpan RefreshTokenFamily { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long a used refresh token may be sent again by a client that lost the answer.</summary>
    public TimeSpan LostAnswer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A browser's sign-in, counted anew from its last use.</summary>
    public TimeSpan BrowserSession { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A first-party JWT of <c>/api/auth/login</c>.</summary>
    public TimeSpan FirstPartyToken { get; init; } = TimeSpan.FromHours(1);
}
