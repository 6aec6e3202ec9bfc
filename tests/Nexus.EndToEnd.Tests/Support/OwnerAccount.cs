namespace Nexus.EndToEnd.Tests.Support;

/// <summary>The account that the server makes at its first start.</summary>
internal static class OwnerAccount
{
    public const string Email = "ada@example.com";
    public const string Password = "correct horse battery staple";

    public static IReadOnlyDictionary<string, string?> Variables { get; } = new Dictionary<string, string?>
    {
        ["Nexus__Owner__Email"] = Email,
        ["Nexus__Owner__Password"] = Password,
    };
}
