using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Auditing;
using Nexus.Core;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Accounts;

/// <summary>Makes the first Owner, from the configuration or for whoever has the set-up link.</summary>
internal sealed class SetUp(UserManager<Account> accounts, OrganizationDirectory organizations, AuthAudit audit, TimeProvider time)
{
    /// <summary>Creates account and organisation.</summary>
    /// <exception cref="NexusException"><c>INVALID_ACCOUNT</c> for a bad e-mail or password; <c>ALREADY_SET_UP</c>.</exception>
    public async Task<Account> CreateOwnerAsync(OwnerOptions owner, CancellationToken cancellationToken)
    {
        if (await organizations.HasOwnerAsync(cancellationToken))
            throw new NexusException("ALREADY_SET_UP", "This server already has an owner.", "Sign in instead.");

        var account = await CreateAccountAsync(owner);
        try
        {
            await organizations.FoundAsync(account.Id, owner.Email, owner.Name, owner.Organization, cancellationToken);
        }
        catch (NexusException exception) when (exception.Code == "ALREADY_SET_UP")
        {
            await accounts.DeleteAsync(account);
            throw;
        }

        await audit.WriteAsync(new(AuthEvent.FoundOrganization) { AccountId = account.Id }, cancellationToken);
        return account;
    }

    private async Task<Account> CreateAccountAsync(OwnerOptions owner)
    {
        // Left behind by a set-up that was cut off: there is no Owner, so nobody can have signed in with it.
        if (await accounts.FindByEmailAsync(owner.Email) is { } abandoned) await accounts.DeleteAsync(abandoned);

        var account = new Account
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = owner.Email,
            Email = owner.Email,
            EmailConfirmed = true, // Whoever sets a server up is taken at their word.
            Name = owner.Name,
        };
        var result = await accounts.CreateAsync(account, owner.Password);
        return result.Succeeded
            ? account
            : throw new NexusException("INVALID_ACCOUNT", string.Join(' ', result.Errors.Select(error => error.Description).Distinct()));
    }
}
