using Nexus.Auth.Accounts;
using Nexus.Auth.Authorization;
using Nexus.Auth.Clients;
using Nexus.Auth.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Pages;

/// <summary>What the consent page shows.</summary>
internal sealed record ConsentView
{
    public required string ClientName { get; init; }

    /// <summary>The host of the web page that the client says is its own.</summary>
    public string? ClientHost { get; init; }

    /// <summary>Whether the client is only what it says of itself.</summary>
    public required bool IsUnverified { get; init; }

    public required string RedirectTarget { get; init; }
    public required string Email { get; init; }
    public required string Role { get; init; }
    public required string Organization { get; init; }
    public required IReadOnlyList<ScopeView> Scopes { get; init; }
    public required bool StaysConnected { get; init; }
    public required int SlidingDays { get; init; }
    public required int LongestDays { get; init; }

    public static ConsentView Of(
        AuthorizationStep.Ask ask, BrowserSession session, string redirectUri, AuthLifetimes lifetimes)
    {
        var metadata = ask.Client.MetadataOf();
        return new()
        {
            ClientName = ask.Client.NameToShow(),
            ClientHost = ask.Client.HostToShow(),
            IsUnverified = ask.Client.IsUnverified(),
            RedirectTarget = TargetOf(new Uri(redirectUri)),
            Email = session.Account.Email!,
            Role = RoleWords.Of(ask.Membership.Role),
            Organization = ask.Membership.OrganizationName,
            Scopes = [.. ask.Scopes.Select(ScopeView.Of)],
            StaysConnected = metadata.GrantTypes.Contains(GrantTypes.RefreshToken),
            SlidingDays = lifetimes.RefreshToken.Days,
            LongestDays = lifetimes.RefreshTokenFamily.Days,
        };
    }

    private static string TargetOf(Uri uri) => uri switch
    {
        { Scheme: "http" or "https", IsLoopback: true } => $"an application on this computer ({uri.Authority})",
        { Scheme: "http" or "https" } => uri.IdnHost,
        _ => $"an application on this computer ({uri.Scheme}:)",
    };
}

/// <summary>One line of the question.</summary>
internal sealed record ScopeView(string Name, string Description, bool CanBeUnticked)
{
    public static ScopeView Of(string scope) =>
        new(scope, ConsentQuestion.Describe(scope), ConsentQuestion.CanBeUnticked(scope));
}
