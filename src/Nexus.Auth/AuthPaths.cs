namespace Nexus.Auth;

/// <summary>Where the endpoints are. Of several paths for one thing the first is the one that metadata shows.</summary>
internal static class AuthPaths
{
    public const string Authorize = "/oauth/authorize";
    public const string Bridge = "/oauth/authorize/code";
    public const string Token = "/oauth/token";
    public const string TokenAlias = "/api/oauth/token";
    public const string UserInfo = "/oauth/me";
    public const string UserInfoAlias = "/api/oauth/me";
    public const string Revoke = "/oauth/revoke";
    public const string Introspect = "/oauth/introspect";
    public const string DeviceAuthorization = "/oauth/device";
    public const string Device = "/device";
    public const string Register = "/register";
    public const string RegisterAlias = "/api/oauth/register";
    public const string Keys = "/.well-known/jwks.json";
    public const string Login = "/api/auth/login";
    public const string Verify = "/api/auth/verify";
    public const string Logout = "/api/auth/logout";
    public const string SignIn = "/sign-in";
    public const string Consent = "/consent";
    public const string SecondStep = "/sign-in/code";
    public const string SetUp = "/set-up";
    public const string Account = "/account";
    public const string TwoFactor = "/account/two-factor";
    public const string Passkeys = "/account/passkeys";
    public const string People = "/people";
    public const string Projects = "/projects";
    public const string Join = "/join";
    public const string ServiceAccounts = "/service-accounts";

    public static IReadOnlyList<string> Metadata { get; } =
        ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"];
}
