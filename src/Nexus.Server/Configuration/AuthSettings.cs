using Nexus.Auth;

namespace Nexus.Server.Configuration;

/// <summary>Reads what the authorization server is told: keys, limits, the client and the owner that it begins with.</summary>
internal static class AuthSettings
{
    private const int ShortestPassword = 12;

    public static AuthOptions Read(SettingValues values, byte[] encryptionKey, byte[]? previousEncryptionKey)
    {
        var signing = SigningSettings.Read(values);
        var defaults = new AuthOptions { EncryptionKey = encryptionKey };
        return defaults with
        {
            PreviousEncryptionKey = previousEncryptionKey,
            SigningSecret = signing.Secret,
            NextSigningSecret = signing.Next,
            PreviousSigningSecret = signing.Previous,
            SigningAlgorithm = signing.Algorithm,
            TakesMetadataDocuments = values.IsOn("Nexus:Auth:MetadataDocuments", byDefault: true),
            RegistrationsPerMinute = PerMinute(values, nameof(AuthOptions.RegistrationsPerMinute)) ?? defaults.RegistrationsPerMinute,
            SignInsPerMinute = PerMinute(values, nameof(AuthOptions.SignInsPerMinute)) ?? defaults.SignInsPerMinute,
            DocumentFetchesPerMinute = PerMinute(values, nameof(AuthOptions.DocumentFetchesPerMinute)) ?? defaults.DocumentFetchesPerMinute,
            DevicesPerMinute = PerMinute(values, nameof(AuthOptions.DevicesPerMinute)) ?? defaults.DevicesPerMinute,
            UserCodesPerMinute = PerMinute(values, nameof(AuthOptions.UserCodesPerMinute)) ?? defaults.UserCodesPerMinute,
            StaticClient = StaticClient(values),
            Owner = Owner(values),
        };
    }

    private static int? PerMinute(SettingValues values, string name) => values.Number($"Nexus:Auth:{name}", 1, 1_000_000);

    private static StaticClientOptions? StaticClient(SettingValues values)
    {
        var clientId = values.Text("OAUTH_CLIENT_ID");
        var redirectUris = values.Text("OAUTH_REDIRECT_URIS")?
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (clientId is null)
        {
            if (redirectUris.Length > 0 || values.Text("OAUTH_CLIENT_SECRET") is not null)
                values.Complain("OAUTH_CLIENT_ID", "is missing.", "Set it with OAUTH_REDIRECT_URIS, or leave all three out.");
            return null;
        }

        if (redirectUris.Length == 0)
            values.Complain("OAUTH_REDIRECT_URIS", "is missing.", "Give the client's redirect URIs, with commas between them.");
        foreach (var uri in redirectUris.Where(uri => !Uri.TryCreate(uri, UriKind.Absolute, out _)))
            values.Complain("OAUTH_REDIRECT_URIS", $"contains {uri}, which is not an absolute URI.", "Write each with its scheme.");
        return new(clientId, values.Text("OAUTH_CLIENT_SECRET"), redirectUris);
    }

    private static OwnerOptions? Owner(SettingValues values)
    {
        var (email, password) = (values.Text("Nexus:Owner:Email"), values.Text("Nexus:Owner:Password"));
        if (email is null && password is null) return null;
        if (email is null || !email.Contains('@'))
            values.Complain("Nexus:Owner:Email", "is missing or not an e-mail address.", "Set it, or leave the password out too.");
        if (password is null || password.Length < ShortestPassword)
            values.Complain("Nexus:Owner:Password", $"is missing or shorter than {ShortestPassword} characters.", "Choose a longer one.");
        return new(email ?? "", password ?? "");
    }
}
