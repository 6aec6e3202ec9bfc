using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Authorization;
using Nexus.Auth.Clients;
using Nexus.Auth.Http;
using Nexus.Auth.Sessions;
using OpenIddict.Server.AspNetCore;

namespace Nexus.Auth.Pages;

/// <summary>
/// Asks the person. The page is an authorization endpoint of its own: OpenIddict judges the request anew each time,
/// so its form can carry the request along and nothing has to be kept or trusted in between.
/// </summary>
internal sealed class ConsentModel(AuthorizationFlow flow, BrowserSessions sessions, AuthOptions options) : PageModel
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public ProblemView? Problem { get; private set; }

    public QuestionView? Question { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        WithQuestionAsync((_, _) => Task.FromResult<IActionResult>(Page()), cancellationToken);

    public Task<IActionResult> OnPostAsync(
        [FromForm] string? decision, [FromForm] string[] granted, CancellationToken cancellationToken) =>
        WithQuestionAsync(async (ask, session) =>
        {
            if (decision is "deny") return Refuse(await flow.DenyAsync(ask, session, cancellationToken));
            if (decision is not "allow") return Page();
            string[] ticked = [.. granted.Intersect(ask.Scopes)];
            if (ticked is [] && ask.Scopes.Any(ConsentQuestion.CanBeUnticked)) return Remind();
            var step = await flow.AllowAsync(ask, session, ticked, cancellationToken);
            return SignIn(step.Grant, Scheme);
        }, cancellationToken);

    private async Task<IActionResult> WithQuestionAsync(
        Func<AuthorizationStep.Ask, BrowserSession, Task<IActionResult>> answer, CancellationToken cancellationToken)
    {
        if (HttpContext.GetOpenIddictServerResponse() is { Error: not null } response)
        {
            Problem = ProblemView.Of(response, HttpContext);
            return new PageResult { StatusCode = StatusCodes.Status400BadRequest };
        }

        var request = HttpContext.GetOpenIddictServerRequest()!;
        var session = await sessions.FindAsync();
        if (session is null || flow.MustSignInAgain(request, session))
            return Redirect(SignInModel.UrlFor(SignInAgain.UrlFor(request)));

        switch (await flow.AskAsync(request, session, cancellationToken))
        {
            case AuthorizationStep.Ask ask:
                var redirectUri = ask.Client.RedirectUriFor(request.RedirectUri);
                PageSecurity.AllowRedirectTo(Response, redirectUri);
                var view = ConsentView.Of(ask, session, redirectUri!, options.Lifetimes);
                Question = new(view, AuthPaths.Consent, SignInAgain.Flatten(request), null); // The form carries the request along.
                return await answer(ask, session);
            case AuthorizationStep.Refuse refusal:
                return Refuse(refusal);
            case var step:
                throw new InvalidOperationException($"No answer to {step.GetType().Name}.");
        }
    }

    private PageResult Remind()
    {
        Question = Question! with { Reminder = QuestionView.LeaveOneTick };
        return Page();
    }

    private ForbidResult Refuse(AuthorizationStep.Refuse refusal) => Forbid(Refusal.Properties(refusal), Scheme);
}
