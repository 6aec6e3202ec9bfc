using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Sessions;
using Nexus.Core;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Accounts;

/// <summary>Takes invited people in, with the account that they have or with one that they make.</summary>
internal sealed class Joining(UserManager<Account> accounts, InvitationCommands invitations, TimeProvider time)
{
    public const string NoAccount =
        "No account could be made for this address. If you have one here already, sign in with it instead.";

    /// <exception cref="NexusException">The invitation is not good any more, or name or password aren't.</exception>
    public async Task<Account> CreateAsync(string token, string name, string password, CancellationToken cancellationToken)
    {
        var invitation = await invitations.FindAsync(token, cancellationToken)
            ?? throw new NexusException("INVITATION_NOT_FOUND", "This invitation was used, revoked or has expired.");
        var account = await CreateAccountAsync(invitation.Email, name, password);
        try
        {
            await AcceptAsync(token, account, cancellationToken);
        }
        catch (NexusException)
        {
            await accounts.DeleteAsync(account); // The link was used or revoked meanwhile.
            throw;
        }

        return account;
    }

    public Task AcceptAsync(string token, Account account, CancellationToken cancellationToken) =>
        invitations.AcceptAsync(token, new(account.Id, account.Email!, account.Name), Managers.Surface, cancellationToken);

    private async Task<Account> CreateAccountAsync(string email, string name, string password)
    {
        var account = new Account
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = email,
            Email = email, // Not confirmed: the link came from a colleague, not by mail from here.
            Name = name,
        };
        var result = await accounts.CreateAsync(account, password);
        if (result.Succeeded) return account;
        var taken = result.Errors.Any(error =>
            error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName));
        throw new NexusException(
            "INVALID_ACCOUNT", taken ? NoAccount : string.Join(' ', result.Errors.Select(error => error.Description).Distinct()));
    }
}
