using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Http;

/// <summary>Which paths are the authorization server's, and what kind each is.</summary>
internal static class OwnPaths
{
    private static readonly PathString[] Pages =
    [
        AuthPaths.SignIn, AuthPaths.SecondStep, AuthPaths.Consent, AuthPaths.SetUp, AuthPaths.Account, AuthPaths.TwoFactor,
        AuthPaths.Passkeys, AuthPaths.People, AuthPaths.Projects, AuthPaths.Join, AuthPaths.ServiceAccounts, AuthPaths.Device,
        ErrorPage.Path, AuthPaths.Authorize,
    ];

    private static readonly PathString[] Open =
    [
        AuthPaths.Token, AuthPaths.TokenAlias, AuthPaths.UserInfo, AuthPaths.UserInfoAlias, AuthPaths.Revoke, AuthPaths.Introspect,
        AuthPaths.DeviceAuthorization,
        AuthPaths.Register, AuthPaths.RegisterAlias, AuthPaths.Keys, .. AuthPaths.Metadata.Select(path => new PathString(path)),
    ];

    private static readonly PathString[] Others =
        [AuthPaths.Bridge, AuthPaths.Login, AuthPaths.Verify, AuthPaths.Logout];

    private static readonly PathString[] All = [.. Pages, .. Open, .. Others];

    public static bool Any(PathString path) => All.Any(own => path.StartsWithSegments(own)) || IsMetadata(path);

    public static bool IsPage(PathString path) => Pages.Any(page => path.Equals(page, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether scripts of any origin may call it.</summary>
    public static bool IsOpenToScripts(PathString path) => Open.Any(own => path.StartsWithSegments(own)) || IsMetadata(path);

    // OpenID Connect's form has the well-known part at the end.
    private static bool IsMetadata(PathString path) =>
        path.HasValue && AuthPaths.Metadata.Any(well => path.Value.EndsWith(well, StringComparison.Ordinal));
}
