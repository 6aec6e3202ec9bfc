namespace Nexus.Auth.Auditing;

/// <summary>Something that the authorization server writes into the audit. Never with a password, code, token or secret.</summary>
internal sealed record AuthEvent(string Operation)
{
    public const string SignIn = "SignIn";
    public const string SecondFactor = "SecondFactor";
    public const string SignOut = "SignOut";
    public const string SignOutEverywhere = "SignOutEverywhere";
    public const string FoundOrganization = "FoundOrganization";
    public const string ChangePassword = "ChangePassword";
    public const string TurnOnTwoFactor = "TurnOnTwoFactor";
    public const string TurnOffTwoFactor = "TurnOffTwoFactor";
    public const string NewRecoveryCodes = "NewRecoveryCodes";
    public const string AddPasskey = "AddPasskey";
    public const string RemovePasskey = "RemovePasskey";
    public const string AllowClient = "AllowClient";
    public const string DenyClient = "DenyClient";
    public const string IssueTokens = "IssueTokens";
    public const string RevokeToken = "RevokeToken";
    public const string RevokeGrant = "RevokeGrant";
    public const string RevokeGrants = "RevokeGrants";
    public const string RegisterClient = "RegisterClient";
    public const string ChangeClient = "ChangeClient";
    public const string DeleteClient = "DeleteClient";

    public Guid? AccountId { get; init; }

    /// <summary>Null for the one that the account belongs to.</summary>
    public Guid? OrganizationId { get; init; }

    public string? ClientId { get; init; }
    public string? TokenId { get; init; }
    public string? Target { get; init; }

    /// <summary>Null when it was done; else why it wasn't.</summary>
    public string? Refusal { get; init; }

    /// <summary>What else there is to know.</summary>
    public IReadOnlyDictionary<string, object?> Details { get; init; } = new Dictionary<string, object?>();
}
