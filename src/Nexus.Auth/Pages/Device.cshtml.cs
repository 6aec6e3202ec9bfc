using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Authorization;
using Nexus.Auth.Devices;
using Nexus.Auth.Http;
using Nexus.Auth.Sessions;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Pages;

/// <summary>
/// Where a person types the code that a device shows, and answers it (RFC 8628 §3.3). Always asks: whoever sent the person here
/// may have meant their own device, so nothing that was allowed before counts, and what is allowed here isn't remembered.
/// </summary>
internal sealed class DeviceModel(
    AuthorizationFlow flow, BrowserSessions sessions, AddressLimits limits, AuthOptions options) : PageModel
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    /// <summary>As it is shown; null when none was typed.</summary>
    public string? Code { get; private set; }

    public string? Problem { get; private set; }

    public QuestionView? Question { get; private set; }

    /// <summary>What the person answered: <c>allowed</c> or <c>denied</c>.</summary>
    public string? Answer { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? answer, CancellationToken cancellationToken)
    {
        Answer = answer is "allowed" or "denied" ? answer : null;
        return Answer is null ? await WithQuestionAsync((_, _) => Task.FromResult<IActionResult>(Page()), cancellationToken) : Page();
    }

    public Task<IActionResult> OnPostAsync(
        [FromForm] string? decision, [FromForm] string[] granted, CancellationToken cancellationToken) =>
        WithQuestionAsync(async (ask, session) =>
        {
            if (decision is "deny")
            {
                await flow.DenyAsync(ask, session, cancellationToken);
                return Forbid(Leading("denied"), Scheme);
            }

            if (decision is not "allow") return Page();
            string[] ticked = [.. granted.Intersect(ask.Scopes)];
            if (ticked is [] && ask.Scopes.Any(ConsentQuestion.CanBeUnticked)) return Remind();
            var scopes = ConsentQuestion.Granted(ask.Scopes, ticked);
            return SignIn((await flow.AllowOnceAsync(ask, session, scopes, cancellationToken)).Grant, Leading("allowed"), Scheme);
        }, cancellationToken);

    private async Task<IActionResult> WithQuestionAsync(
        Func<AuthorizationStep.Ask, BrowserSession, Task<IActionResult>> answer, CancellationToken cancellationToken)
    {
        if (HttpContext.GetOpenIddictServerRequest()?.UserCode is not { Length: > 0 } code) return Page();
        Code = UserCodes.Normalize(code);
        if (await sessions.FindAsync() is not { } session)
            return Redirect(SignInModel.UrlFor(AuthPaths.Device + QueryString.Create(Parameters.UserCode, Code)));
        if (limits.UserCodes.Refuses(HttpContext) || limits.UserCodes.Refuses(HttpContext, session.Account.Id))
            return Fail("Too many codes. Try again in a minute.", StatusCodes.Status429TooManyRequests);
        var asked = (await HttpContext.AuthenticateAsync(Scheme)).Principal;
        if (asked?.GetPresenters() is not [var clientId, ..] || HttpContext.GetOpenIddictServerResponse()?.Error is not null)
            return Fail("This code is not known, was used, or has expired. Look at your device again.", StatusCodes.Status400BadRequest);

        switch (await flow.AskAsync(clientId, asked.GetScopes(), session, cancellationToken))
        {
            case AuthorizationStep.Ask ask:
                Question = new(
                    ConsentView.OfDevice(ask, session, Code, options.Lifetimes), AuthPaths.Device,
                    [KeyValuePair.Create<string, string?>(Parameters.UserCode, Code)], null);
                return await answer(ask, session);
            case AuthorizationStep.Refuse refusal:
                return Fail(refusal.Description, StatusCodes.Status403Forbidden);
            case var step:
                throw new InvalidOperationException($"No answer to {step.GetType().Name}.");
        }
    }

    private static AuthenticationProperties Leading(string answer) =>
        new() { RedirectUri = AuthPaths.Device + QueryString.Create("answer", answer) };

    private PageResult Remind()
    {
        Question = Question! with { Reminder = QuestionView.LeaveOneTick };
        return Page();
    }

    private PageResult Fail(string problem, int status)
    {
        Problem = problem;
        return new PageResult { StatusCode = status };
    }
}
