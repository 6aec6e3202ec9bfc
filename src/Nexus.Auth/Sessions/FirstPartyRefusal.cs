using Nexus.Auth.AccessTokens;

namespace Nexus.Auth.Sessions;

/// <summary>Why a bearer is no good where a first-party JWT is wanted.</summary>
internal static class FirstPartyRefusal
{
    public static string For(string? bearer) => (bearer is null ? BearerKind.Unknown : BearerKinds.Of(bearer)) switch
    {
        BearerKind.AccessToken => "this is an OAuth access token; send the first-party JWT from /api/auth/login",
        BearerKind.AutomationToken => "this is an nxk_ access token; send the first-party JWT from /api/auth/login",
        _ => "send a first-party JWT from /api/auth/login as the bearer token; this one is missing, wrong, expired or logged out",
    };
}
