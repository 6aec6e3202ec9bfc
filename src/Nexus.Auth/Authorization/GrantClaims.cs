namespace Nexus.Auth.Authorization;

/// <summary>Claims of ours in codes and tokens.</summary>
internal static class GrantClaims
{
    /// <summary>The organisation that the grant is for; public, in access tokens.</summary>
    public const string Organization = "org";

    /// <summary>When the person authorized, in Unix seconds; only in codes and refresh tokens, which nobody but this server reads.</summary>
    public const string AuthorizedAt = "nexus_authorized_at";

    /// <summary>The account's security stamp at that time; likewise.</summary>
    public const string SecurityStamp = "nexus_stamp";
}
