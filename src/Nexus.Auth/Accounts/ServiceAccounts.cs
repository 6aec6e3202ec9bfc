using Nexus.Auth.Clients;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Accounts;

/// <summary>A program's place in the organisation, and the client that it signs in with; none where making it was cut off.</summary>
internal sealed record ServiceAccount(PersonView Member, ServiceClient? Client);

/// <summary>
/// Service accounts: members by the core's commands, which authorize and audit, and clients of the authorization server.
/// The member decides: a client without one gets no tokens.
/// </summary>
internal sealed class ServiceAccounts(ServiceAccountCommands commands, PeopleQueries people, ServiceClients clients)
{
    public async Task<IReadOnlyList<ServiceAccount>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        var members = await people.ListServiceAccountsAsync(actor, cancellationToken);
        var known = await clients.ListAsync(actor.OrganizationId, cancellationToken);
        return [.. members.Select(member => new ServiceAccount(
            member, known.FirstOrDefault(client => client.ServiceAccountId == member.UserId)))];
    }

    public async Task<NewServiceClient> CreateAsync(
        Actor actor, string name, Role role, IReadOnlyList<string> scopes, IReadOnlyList<Guid> projects, CancellationToken cancellationToken)
    {
        var member = await commands.CreateAsync(actor, name, role, scopes, projects, CommandOptions.None, cancellationToken);
        return await clients.CreateAsync(actor.OrganizationId, member.UserId, member.Name, scopes, cancellationToken);
    }

    /// <summary>The client with its new secret.</summary>
    public async Task<NewServiceClient> RotateSecretAsync(Actor actor, Guid memberId, CancellationToken cancellationToken)
    {
        var member = await commands.RotateSecretAsync(actor, memberId, CommandOptions.None, cancellationToken);
        var client = await FindClientAsync(actor, member.UserId, cancellationToken) ??
            throw new NexusException("CLIENT_NOT_FOUND", "This service account has no client.", "Delete it, and create another.");
        return new(client.ClientId, await clients.RotateSecretAsync(client.ClientId, actor.OrganizationId, cancellationToken));
    }

    public async Task<PersonView> DeleteAsync(Actor actor, Guid memberId, CancellationToken cancellationToken)
    {
        var member = await commands.DeleteAsync(actor, memberId, CommandOptions.None, cancellationToken);
        if (await FindClientAsync(actor, member.UserId, cancellationToken) is { } client)
            await clients.DeleteAsync(client.ClientId, actor.OrganizationId, cancellationToken);
        return member;
    }

    private async Task<ServiceClient?> FindClientAsync(Actor actor, Guid memberId, CancellationToken cancellationToken) =>
        (await clients.ListAsync(actor.OrganizationId, cancellationToken)).FirstOrDefault(client => client.ServiceAccountId == memberId);
}
