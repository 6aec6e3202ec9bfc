namespace Nexus.Auth.Http;

/// <summary>Where signing in may lead to: the authorization request that asked for it, or a page of ours — and nowhere else.</summary>
internal static class ReturnAddress
{
    private static readonly string[] Pages =
        [AuthPaths.Account, AuthPaths.TwoFactor, AuthPaths.Passkeys, AuthPaths.People, AuthPaths.Projects, AuthPaths.ServiceAccounts];
    private static readonly string[] PagesWithQuery = [AuthPaths.Authorize, AuthPaths.Join, AuthPaths.Device];

    public static bool IsOurs(string? address) =>
        address is not null && !address.Any(char.IsControl) &&
        (Pages.Contains(address) || PagesWithQuery.Any(page => address.StartsWith(page + "?", StringComparison.Ordinal)));
}
