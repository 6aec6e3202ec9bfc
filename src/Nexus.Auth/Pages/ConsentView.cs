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

    /// <summary>The host of the web page that the client says is its own, or of the document that says who it is.</summary>
    public string? ClientHost { get; init; }

    /// <summary>The document that says who the client is; null for clients without one.</summary>
    public string? DocumentUrl { get; init; }

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

    /// <summary>For a client that the answer goes to by way of the browser.</summary>
    public static ConsentView Of(
        AuthorizationStep.Ask ask, BrowserSession session, string redirectUri, AuthLifetimes lifetimes)
    {
        var uri = new Uri(redirectUri);
        var isWeb = uri is { Scheme: "http" or "https", IsLoopback: false };
        var target = isWeb
            ? uri.IdnHost
            : $"an application on this computer ({(uri.Scheme is "http" or "https" ? uri.Authority : uri.Scheme + ":")})";
        return Of(ask, session, target, isWeb, lifetimes);
    }

    /// <summary>For a client that waits on a device.</summary>
    public static ConsentView OfDevice(AuthorizationStep.Ask ask, BrowserSession session, string code, AuthLifetimes lifetimes) =>
        Of(ask, session, $"the device that shows {code}", false, lifetimes);

    private static ConsentView Of(
        AuthorizationStep.Ask ask, BrowserSession session, string target, bool isWeb, AuthLifetimes lifetimes)
    {
        var metadata = ask.Client.MetadataOf();
        return new()
        {
            ClientName = ask.Client.NameToShow(),
            ClientHost = ask.Client.HostToShow(),
            DocumentUrl = ask.Client.IsDocument() ? ask.Client.ClientId : null,
            // A document vouches for the web addresses in it; any program could listen on this computer under its name.
            IsUnverified = ask.Client.IsUnverified() || ask.Client.IsDocument() && !isWeb,
            RedirectTarget = target,
            Email = session.Account.Email!,
            Role = RoleWords.Of(ask.Membership.Role),
            Organization = ask.Membership.OrganizationName,
            Scopes = [.. ask.Scopes.Select(ScopeView.Of)],
            StaysConnected = metadata.GrantTypes.Contains(GrantTypes.RefreshToken),
            SlidingDays = lifetimes.RefreshToken.Days,
            LongestDays = lifetimes.RefreshTokenFamily.Days,
        };
    }
}

/// <summary>One line of the question.</summary>
internal sealed record ScopeView(string Name, string Description, bool CanBeUnticked)
{
    public static ScopeView Of(string scope) =>
        new(scope, ConsentQuestion.Describe(scope), ConsentQuestion.CanBeUnticked(scope));
}
