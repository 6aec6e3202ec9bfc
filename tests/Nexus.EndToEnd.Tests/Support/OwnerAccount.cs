namespace Nexus.EndToEnd.Tests.Support;

/// <summary>The account that the server makes at its first start, and what else it is told there.</summary>
internal static class OwnerAccount
{
    public const string Email = "ada@example.com";
    public const string Password = "correct horse battery staple";

    public static IReadOnlyDictionary<string, string?> Variables { get; } = new Dictionary<string, string?>
    {
        ["Nexus__Owner__Email"] = Email,
        ["Nexus__Owner__Password"] = Password,
        // Every client of the tests comes from one address.
        ["Nexus__Auth__RegistrationsPerMinute"] = "1000",
        ["Nexus__Auth__SignInsPerMinute"] = "1000",
        ["Nexus__Auth__DevicesPerMinute"] = "1000",
        ["Nexus__Auth__UserCodesPerMinute"] = "1000",
        ["Nexus__Auth__MetadataDocuments"] = "off", // Codex has one on the internet, where a test machine may have no way to.
    };
}
