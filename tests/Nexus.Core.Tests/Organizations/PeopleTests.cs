using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Organizations;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Organizations;

public sealed class PeopleTests(Shared<PostgresServer> postgres)
{
    private static readonly CommandOptions None = CommandOptions.None;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task An_invitation_takes_one_person_in_however_many_try(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var invitation = await InviteAsync(host, "grace@example.com", Role.Member);
        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            Outcome.OfAsync(() => AcceptAsync(host, invitation.Token, "grace@example.com"))));
        tries.Count(code => code == "OK").Should().Be(1);
        tries.Where(code => code != "OK").Should().OnlyContain(code => code == "INVITATION_NOT_FOUND");
        (await PeopleAsync(host)).Members.Should().HaveCount(2);
        (await PeopleAsync(host)).Invitations.Should().BeEmpty();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Two_owners_who_demote_each_other_at_once_leave_one(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var other = await JoinAsync(host, "grace@example.com", Role.Owner);
        var codes = await Task.WhenAll(
            Outcome.OfAsync(() => host.Get<MemberCommands>().ChangeRoleAsync(host.Owner, other.UserId, Role.Member, None, default)),
            Outcome.OfAsync(() => host.Get<MemberCommands>().ChangeRoleAsync(other, host.Owner.UserId, Role.Member, None, default)));
        codes.Should().BeEquivalentTo("OK", "LAST_OWNER");
    }

    [Fact]
    public async Task The_last_owner_can_be_neither_removed_nor_demoted()
    {
        await using var host = await StartAsync();
        var members = host.Get<MemberCommands>();
        (await Outcome.OfAsync(() => members.RemoveAsync(host.Owner, host.Owner.UserId, None, default))).Should().Be("LAST_OWNER");
        (await Outcome.OfAsync(() => members.ChangeRoleAsync(host.Owner, host.Owner.UserId, Role.Admin, None, default))).Should().Be("LAST_OWNER");
        await JoinAsync(host, "grace@example.com", Role.Owner);
        (await Outcome.OfAsync(() => members.RemoveAsync(host.Owner, host.Owner.UserId, None, default))).Should().Be("OK");
    }

    [Fact]
    public async Task An_admin_neither_makes_nor_touches_an_owner()
    {
        await using var host = await StartAsync();
        var admin = await JoinAsync(host, "grace@example.com", Role.Admin);
        var member = await JoinAsync(host, "joan@example.com", Role.Member);
        var (members, invitations) = (host.Get<MemberCommands>(), host.Get<InvitationCommands>());
        var owners = await InviteAsync(host, "owner@example.com", Role.Owner);
        string[] codes =
        [
            await Outcome.OfAsync(() => members.RemoveAsync(admin, host.Owner.UserId, None, default)),
            await Outcome.OfAsync(() => members.ChangeRoleAsync(admin, host.Owner.UserId, Role.Member, None, default)),
            await Outcome.OfAsync(() => members.ChangeRoleAsync(admin, member.UserId, Role.Owner, None, default)),
            await Outcome.OfAsync(() => members.ChangeRoleAsync(admin, admin.UserId, Role.Owner, None, default)),
            await Outcome.OfAsync(() => invitations.InviteAsync(admin, "new@example.com", Role.Owner, None, default)),
            await Outcome.OfAsync(() => invitations.RevokeAsync(admin, owners.Id, None, default)),
        ];
        codes.Should().OnlyContain(code => code == "PERMISSION_DENIED");
        (await Outcome.OfAsync(() => members.ChangeRoleAsync(admin, member.UserId, Role.Admin, None, default))).Should().Be("OK");
    }

    [Theory]
    [InlineData(Role.DeploymentManager)]
    [InlineData(Role.Member)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.BillingManager)]
    public async Task Others_manage_nobody(Role role)
    {
        await using var host = await StartAsync();
        var actor = host.Owner with { Role = role };
        var id = Guid.NewGuid();
        string[] codes =
        [
            await Outcome.OfAsync(() => host.Get<PeopleQueries>().ListAsync(actor, default)),
            await Outcome.OfAsync(() => host.Get<PeopleQueries>().ListServiceAccountsAsync(actor, default)),
            await Outcome.OfAsync(() => host.Get<InvitationCommands>().InviteAsync(actor, "a@example.com", Role.Member, None, default)),
            await Outcome.OfAsync(() => host.Get<InvitationCommands>().RevokeAsync(actor, id, None, default)),
            await Outcome.OfAsync(() => host.Get<MemberCommands>().ChangeRoleAsync(actor, id, Role.Member, None, default)),
            await Outcome.OfAsync(() => host.Get<MemberCommands>().RemoveAsync(actor, id, None, default)),
            await Outcome.OfAsync(() => host.Get<ServiceAccountCommands>().CreateAsync(actor, "ci", Role.Member, [Scopes.DeploymentsRead], None, default)),
            await Outcome.OfAsync(() => host.Get<ServiceAccountCommands>().RotateSecretAsync(actor, id, None, default)),
            await Outcome.OfAsync(() => host.Get<ServiceAccountCommands>().DeleteAsync(actor, id, None, default)),
        ];
        codes.Should().OnlyContain(code => code == "PERMISSION_DENIED");
    }

    [Fact]
    public async Task Strangers_touch_nobody_here()
    {
        await using var host = await StartAsync();
        var stranger = await host.StrangerAsync();
        var invitation = await InviteAsync(host, "grace@example.com", Role.Member);
        (await Outcome.OfAsync(() => host.Get<MemberCommands>().RemoveAsync(stranger, host.Owner.UserId, None, default))).Should().Be("MEMBER_NOT_FOUND");
        (await Outcome.OfAsync(() => host.Get<InvitationCommands>().RevokeAsync(stranger, invitation.Id, None, default))).Should().Be("INVITATION_NOT_FOUND");
        (await host.Get<PeopleQueries>().ListAsync(stranger, default)).Invitations.Should().BeEmpty();
    }

    [Fact]
    public async Task An_invitation_ends_when_it_is_revoked_replaced_or_old()
    {
        await using var host = await StartAsync();
        var revoked = await InviteAsync(host, "a@example.com", Role.Member);
        await host.Get<InvitationCommands>().RevokeAsync(host.Owner, revoked.Id, None, default);
        var replaced = await InviteAsync(host, "b@example.com", Role.Member);
        var replacement = await InviteAsync(host, "B@example.com", Role.Auditor);
        var old = await InviteAsync(host, "c@example.com", Role.Member);
        await using (var db = await host.Database.CreateDbContextAsync())
            await db.Invitations.Where(one => one.Id == old.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.ExpiresAt, DateTimeOffset.UnixEpoch));
        foreach (var (token, email) in new[] { (revoked.Token, "a"), (replaced.Token, "b"), (old.Token, "c"), ("made-up", "d") })
            (await Outcome.OfAsync(() => AcceptAsync(host, token, email + "@example.com"))).Should().Be("INVITATION_NOT_FOUND");
        (await PeopleAsync(host)).Invitations.Should().ContainSingle(one => one.Id == replacement.Id);
    }

    [Fact]
    public async Task An_invitation_is_for_its_own_person()
    {
        await using var host = await StartAsync();
        var invitation = await InviteAsync(host, "grace@example.com", Role.Admin);
        (await Outcome.OfAsync(() => AcceptAsync(host, invitation.Token, "mallory@example.com"))).Should().Be("INVITATION_FOR_ANOTHER");
        (await Outcome.OfAsync(() => InviteAsync(host, "ADA@example.com", Role.Member))).Should().Be("ALREADY_MEMBER");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-at-sign")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("a@b\nBcc: c@example.com")]
    public async Task What_is_no_address_is_not_invited(string email)
    {
        await using var host = await StartAsync();
        (await Outcome.OfAsync(() => InviteAsync(host, email, Role.Member))).Should().Be("INVALID_EMAIL");
    }

    [Fact]
    public async Task A_removed_person_is_nobody_at_the_next_call()
    {
        await using var host = await StartAsync();
        var grace = await JoinAsync(host, "grace@example.com", Role.Member);
        var grant = new AccessGrant(grace.UserId, grace.OrganizationId, "client", Scopes.All.ToHashSet(), "token", DateTimeOffset.MaxValue);
        (await host.Get<ActorResolver>().ResolveAsync(grant, "tests", default)).Should().NotBeNull();
        await host.Get<MemberCommands>().RemoveAsync(host.Owner, grace.UserId, None, default);
        (await host.Get<ActorResolver>().ResolveAsync(grant, "tests", default)).Should().BeNull();
    }

    [Fact]
    public async Task A_service_account_is_no_owner_and_has_scopes_that_it_can_use()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<ServiceAccountCommands>();
        (await Outcome.OfAsync(() => accounts.CreateAsync(host.Owner, "ci", Role.Owner, [Scopes.DeploymentsRead], None, default))).Should().Be("INVALID_ROLE");
        (await Outcome.OfAsync(() => accounts.CreateAsync(host.Owner, "ci", Role.Auditor, [Scopes.DeploymentsDelete], None, default))).Should().Be("INVALID_SCOPE");
        (await Outcome.OfAsync(() => accounts.CreateAsync(host.Owner, "ci", Role.Member, [], None, default))).Should().Be("INVALID_SCOPE");
        (await Outcome.OfAsync(() => accounts.CreateAsync(host.Owner, " ", Role.Member, [Scopes.DeploymentsRead], None, default))).Should().Be("INVALID_NAME");

        var account = await accounts.CreateAsync(host.Owner, "ci", Role.Member, [Scopes.DeploymentsRead], None, default);
        (await host.Get<PeopleQueries>().ListServiceAccountsAsync(host.Owner, default)).Should().ContainSingle().Which.Name.Should().Be("ci");
        (await PeopleAsync(host)).Members.Should().ContainSingle("a service account is no person");
        (await Outcome.OfAsync(() => host.Get<MemberCommands>().RemoveAsync(host.Owner, account.UserId, None, default))).Should().Be("MEMBER_NOT_FOUND");
        (await Outcome.OfAsync(() => accounts.RotateSecretAsync(host.Owner, host.Owner.UserId, None, default))).Should().Be("MEMBER_NOT_FOUND");
        await accounts.DeleteAsync(host.Owner, account.UserId, None, default);
        (await host.Get<PeopleQueries>().ListServiceAccountsAsync(host.Owner, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task Everything_is_audited_and_no_token_is_kept()
    {
        await using var host = await StartAsync();
        var invitation = await host.Get<InvitationCommands>().InviteAsync(host.Owner, "grace@example.com", Role.Member, new("request-1"), default);
        await AcceptAsync(host, invitation.Token, "grace@example.com");
        await using var db = await host.Database.CreateDbContextAsync();
        var audit = await db.AuditRecords.ToListAsync();
        audit.Select(record => record.Operation).Should().Equal("InviteMember", "AcceptInvitation");
        var kept = string.Join(' ', audit.Select(record => record.Arguments).Concat(await db.CommandRecords.Select(record => record.Result).ToListAsync()));
        kept.Should().Contain("grace@example.com").And.NotContain(invitation.Token);
    }

    private async Task<CoreHost> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite) =>
        await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));

    private static Task<People> PeopleAsync(CoreHost host) => host.Get<PeopleQueries>().ListAsync(host.Owner, default);

    private static Task<NewInvitation> InviteAsync(CoreHost host, string email, Role role) =>
        host.Get<InvitationCommands>().InviteAsync(host.Owner, email, role, None, default);

    private static Task<Membership> AcceptAsync(CoreHost host, string token, string email) =>
        host.Get<InvitationCommands>().AcceptAsync(token, new(Guid.CreateVersion7(), email, "Somebody"), "tests", default);

    private static async Task<Actor> JoinAsync(CoreHost host, string email, Role role)
    {
        var invitation = await InviteAsync(host, email, role);
        var joined = await AcceptAsync(host, invitation.Token, email);
        return host.Owner with { UserId = joined.UserId, Email = email, Role = role };
    }
}
