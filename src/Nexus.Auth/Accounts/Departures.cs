using Nexus.Auth.Authorization;
using Nexus.Auth.Tokens;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Accounts;

/// <summary>
/// Takes a person out of the organisation, and with them everything that they had allowed to act for them: it doesn't come to life
/// again when they are taken in once more.
/// </summary>
internal sealed class Departures(MemberCommands members, TokenFamilies families, ConsentMemory consents)
{
    public async Task<PersonView> RemoveAsync(Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        var removed = await members.RemoveAsync(actor, userId, CommandOptions.None, cancellationToken);
        await consents.ForgetAllAsync(userId, cancellationToken);
        await families.RevokeAllAsync(userId, clientId: null, cancellationToken);
        return removed;
    }
}
