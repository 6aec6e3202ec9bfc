using Nexus.Auth.Auditing;
using Nexus.Auth.Clients;
using Nexus.Auth.Sessions;
using Nexus.Auth.Tokens;
using Nexus.Core.Organizations;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Authorization;

/// <summary>From an authorization request that OpenIddict found valid to the next step, and from the person's decision to the grant.</summary>
internal sealed class AuthorizationFlow(
    ClientDirectory clients, OrganizationDirectory organizations, ConsentMemory consents, GrantFactory grants, Issuance issuance, AuthAudit audit,
    TimeProvider time)
{
    public async Task<AuthorizationStep> NextAsync(
        OpenIddictRequest request, BrowserSession? session, CancellationToken cancellationToken)
    {
        if (session is null || MustSignInAgain(request, session))
            return request.HasPromptValue(PromptValues.None)
                ? new AuthorizationStep.Refuse(Errors.LoginRequired, "the person has to sign in, and prompt=none forbids to ask")
                : new AuthorizationStep.SignIn(SignInAgain.UrlFor(request));

        var step = await AskAsync(request, session, cancellationToken);
        if (step is not AuthorizationStep.Ask ask) return step;

        var remembered = !request.HasPromptValue(PromptValues.Consent) &&
            await consents.CoversAsync(session.Account.Id, ask.Client.Id, ask.Scopes, cancellationToken);
        if (remembered) return Grant(ask, session, ask.Scopes);
        return request.HasPromptValue(PromptValues.None)
            ? new AuthorizationStep.Refuse(Errors.ConsentRequired, "the person has to consent, and prompt=none forbids to ask")
            : ask;
    }

    /// <summary>What to ask the person, remembered or not.</summary>
    public Task<AuthorizationStep> AskAsync(
        OpenIddictRequest request, BrowserSession session, CancellationToken cancellationToken) =>
        AskAsync(request.ClientId!, request.GetScopes(), session, cancellationToken);

    /// <summary>The same for a client that asks by way of a device.</summary>
    public async Task<AuthorizationStep> AskAsync(
        string clientId, IReadOnlyList<string> asked, BrowserSession session, CancellationToken cancellationToken)
    {
        if (await organizations.FindAsync(session.Account.Id, cancellationToken) is not { } membership)
            return new AuthorizationStep.Refuse(Errors.AccessDenied, "this account belongs to no organisation");

        var client = await clients.GetAsync(clientId, cancellationToken);
        var scopes = OfferedScopes.For(asked, client, membership.Role);
        return scopes is []
            ? new AuthorizationStep.Refuse(
                Errors.InvalidScope, "none of these scopes is open to this client and this person's role")
            : new AuthorizationStep.Ask(client, membership, scopes);
    }

    /// <summary>Issues what the person ticked, and remembers it.</summary>
    public async Task<AuthorizationStep.Issue> AllowAsync(
        AuthorizationStep.Ask ask, BrowserSession session, IReadOnlyList<string> ticked, CancellationToken cancellationToken)
    {
        var granted = ConsentQuestion.Granted(ask.Scopes, ticked);
        await consents.RememberAsync(session.Account.Id, ask.Client.Id, granted, cancellationToken);
        return await AllowOnceAsync(ask, session, granted, cancellationToken);
    }

    /// <summary>Issues what the person allows just this once.</summary>
    public async Task<AuthorizationStep.Issue> AllowOnceAsync(
        AuthorizationStep.Ask ask, BrowserSession session, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        await audit.WriteAsync(EventOf(AuthEvent.AllowClient, ask, session, scopes), cancellationToken);
        return Grant(ask, session, scopes);
    }

    /// <summary>Issues all that the client asks for, just this once; the audit tells of it in the moment in which the code is stored.</summary>
    public async Task<AuthorizationStep.Issue> AllowWithCodeAsync(
        AuthorizationStep.Ask ask, BrowserSession session, CancellationToken cancellationToken)
    {
        issuance.Audited.Add(await audit.EntryAsync(EventOf(AuthEvent.AllowClient, ask, session, ask.Scopes), cancellationToken));
        return Grant(ask, session, ask.Scopes);
    }

    /// <summary>What to tell the client when the person said no.</summary>
    public async Task<AuthorizationStep.Refuse> DenyAsync(
        AuthorizationStep.Ask ask, BrowserSession session, CancellationToken cancellationToken)
    {
        await audit.WriteAsync(EventOf(AuthEvent.DenyClient, ask, session, ask.Scopes), cancellationToken);
        return new(Errors.AccessDenied, "the person denied the request");
    }

    /// <summary>Whether the client wants a fresher sign-in (OpenID Connect Core §3.1.2.1). A max_age of 0 is the same as prompt=login.</summary>
    public bool MustSignInAgain(OpenIddictRequest request, BrowserSession session) =>
        request.HasPromptValue(PromptValues.Login) ||
        request.HasPromptValue(PromptValues.SelectAccount) ||
        request.MaxAge is { } seconds && time.GetUtcNow() - session.AuthenticatedAt >= TimeSpan.FromSeconds(seconds);

    private AuthorizationStep.Issue Grant(AuthorizationStep.Ask ask, BrowserSession session, IReadOnlyList<string> scopes) =>
        new(grants.Create(session.Account, ask.Membership, scopes, session.AuthenticatedAt));

    private static AuthEvent EventOf(string operation, AuthorizationStep.Ask ask, BrowserSession session, IReadOnlyList<string> scopes) => new(operation)
    {
        AccountId = session.Account.Id,
        OrganizationId = ask.Membership.OrganizationId,
        ClientId = ask.Client.ClientId,
        Details = new Dictionary<string, object?> { ["client"] = ask.Client.NameToShow(), ["scopes"] = scopes },
    };
}
