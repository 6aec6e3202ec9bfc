using Nexus.Auth;

namespace Nexus.Server.Configuration;

/// <summary>What tokens are signed with, as the operator wants it.</summary>
internal sealed record SigningSettings(string? Secret, string? Next, string? Previous, SigningAlgorithm Algorithm)
{
    private const int FewestCharacters = 32;
    private const string SecretName = "OAUTH_SIGNING_SECRET";
    private const string AlgorithmName = "OAUTH_SIGNING_ALGORITHM";

    public static SigningSettings Read(SettingValues values)
    {
        var settings = new SigningSettings(
            ReadSecret(values, SecretName), ReadSecret(values, SecretName + "_NEXT"), ReadSecret(values, SecretName + "_PREVIOUS"),
            values.OneOf<SigningAlgorithm>(AlgorithmName) ?? SigningAlgorithm.ES256);
        if (settings is { Secret: null } and not { Next: null, Previous: null })
            values.Complain(SecretName, "is missing beside its _NEXT or _PREVIOUS.", "Set it, or leave all three out.");
        if (settings is { Secret: not null, Algorithm: not SigningAlgorithm.ES256 })
            values.Complain(
                AlgorithmName, "can't be met: the key that follows from OAUTH_SIGNING_SECRET is for ES256.",
                "Leave OAUTH_SIGNING_SECRET out to have keys made and kept in the database, or use ES256.");
        return settings;
    }

    private static string? ReadSecret(SettingValues values, string name)
    {
        var secret = values.Text(name);
        if (secret is { Length: < FewestCharacters })
            values.Complain(name, $"is shorter than {FewestCharacters} characters.", "Make one with: openssl rand -base64 48");
        return secret;
    }
}
