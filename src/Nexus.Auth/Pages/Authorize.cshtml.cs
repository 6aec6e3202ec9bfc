using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Authorization;
using Nexus.Auth.Sessions;
using OpenIddict.Server.AspNetCore;

namespace Nexus.Auth.Pages;

/// <summary>The authorization endpoint, once OpenIddict has judged the request: on to signing in, to consent, or back to the client.</summary>
[IgnoreAntiforgeryToken] // Clients post here; a forged request is only a request, and is asked about.
internal sealed class AuthorizeModel(AuthorizationFlow flow, BrowserSessions sessions) : PageModel
{
    public ProblemView? Problem { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => AnswerAsync(cancellationToken);

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => AnswerAsync(cancellationToken);

    private async Task<IActionResult> AnswerAsync(CancellationToken cancellationToken)
    {
        if (HttpContext.GetOpenIddictServerResponse() is { Error: not null } response)
        {
            Problem = ProblemView.Of(response, HttpContext);
            return new PageResult { StatusCode = StatusCodes.Status400BadRequest };
        }

        var request = HttpContext.GetOpenIddictServerRequest()!;
        return await flow.NextAsync(request, await sessions.FindAsync(), cancellationToken) switch
        {
            AuthorizationStep.SignIn step => Redirect(SignInModel.UrlFor(step.ReturnUrl)),
            AuthorizationStep.Ask => Redirect(AuthPaths.Consent + QueryString.Create(SignInAgain.Flatten(request))),
            AuthorizationStep.Issue step => SignIn(step.Grant, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme),
            AuthorizationStep.Refuse step => Forbid(
                Refusal.Properties(step), OpenIddictServerAspNetCoreDefaults.AuthenticationScheme),
            var step => throw new InvalidOperationException($"No answer to {step.GetType().Name}."),
        };
    }
}
