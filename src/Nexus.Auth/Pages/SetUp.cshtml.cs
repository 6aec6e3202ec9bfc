using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Accounts;
using Nexus.Auth.Sessions;
using Nexus.Core;

namespace Nexus.Auth.Pages;

/// <summary>Makes the first Owner, for whoever has the link that the server printed.</summary>
internal sealed class SetUpModel(SetUpLink link, SetUp setUp, BrowserSessions sessions, AuthAddresses addresses) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Organization { get; set; }

    public bool IsAccepted { get; private set; }

    public bool IsDone { get; private set; }

    public string? Problem { get; private set; }

    public string McpUrl => addresses.Resource;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        IsAccepted = await link.AcceptsAsync(Token, cancellationToken);
        return IsAccepted ? Page() : NotFoundPage();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        IsAccepted = await link.AcceptsAsync(Token, cancellationToken);
        if (!IsAccepted) return NotFoundPage();
        if (Email is not { Length: > 0 and <= 256 } || Password is not { Length: > 0 and <= 1024 } ||
            Name is not { Length: > 0 and <= 200 } || Organization is not { Length: > 0 and <= 200 })
            return Fail("Fill in every field.");

        try
        {
            var owner = new OwnerOptions(Email, Password) { Name = Name, Organization = Organization };
            await sessions.StartAsync(await setUp.CreateOwnerAsync(owner, cancellationToken));
        }
        catch (NexusException exception)
        {
            return Fail(exception.Message);
        }

        IsDone = true;
        return Page();
    }

    private PageResult Fail(string problem)
    {
        Problem = problem;
        return new PageResult { StatusCode = StatusCodes.Status400BadRequest };
    }

    private static PageResult NotFoundPage() => new() { StatusCode = StatusCodes.Status404NotFound };
}
