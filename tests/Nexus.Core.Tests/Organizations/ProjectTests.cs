using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Organizations;

public sealed class ProjectTests(Shared<PostgresServer> postgres)
{
    private static readonly CommandOptions None = CommandOptions.None;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Somebody_invited_is_assigned_to_the_default_project_or_to_those_that_were_chosen(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var shop = await host.Get<ProjectCommands>().CreateAsync(host.Owner, "shop", None, default);

        (await SeenByAsync(host, await JoinAsync(host, null))).Should().Equal("default");
        (await SeenByAsync(host, await JoinAsync(host, [shop.Id]))).Should().Equal("shop");
        (await SeenByAsync(host, await JoinAsync(host, []))).Should().BeEmpty();
    }

    [Fact]
    public async Task Nobody_is_invited_into_what_is_not_there()
    {
        await using var host = await StartAsync();
        var stranger = await host.StrangerAsync();
        var theirs = await host.Get<ProjectCommands>().CreateAsync(stranger, "theirs", None, default);

        foreach (var id in new[] { Guid.NewGuid(), theirs.Id })
        {
            (await Outcome.OfAsync(() => host.Get<InvitationCommands>().InviteAsync(host.Owner, "a@example.com", Role.Member, [id], None, default))).Should().Be("PROJECT_NOT_FOUND");
            (await Outcome.OfAsync(() => host.Get<ServiceAccountCommands>().CreateAsync(host.Owner, "ci", Role.Member, [Scopes.DeploymentsRead], [id], None, default))).Should().Be("PROJECT_NOT_FOUND");
            (await Outcome.OfAsync(() => host.Get<ProjectMemberCommands>().AssignAsync(host.Owner, id, host.Owner.UserId, None, default))).Should().Be("PROJECT_NOT_FOUND");
            (await Outcome.OfAsync(() => host.Get<ProjectCommands>().RenameAsync(host.Owner, id, "x", None, default))).Should().Be("PROJECT_NOT_FOUND");
            (await Outcome.OfAsync(() => host.Get<ProjectCommands>().DeleteAsync(host.Owner, id, None, default))).Should().Be("PROJECT_NOT_FOUND");
        }

        (await Outcome.OfAsync(() => host.Get<ProjectMemberCommands>().AssignAsync(stranger, theirs.Id, host.Owner.UserId, None, default))).Should().Be("MEMBER_NOT_FOUND");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Of_many_who_make_a_project_of_one_name_at_once_one_does(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);

        var codes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            Outcome.OfAsync(() => host.Get<ProjectCommands>().CreateAsync(host.Owner, "shop", None, default))));

        codes.Count(code => code == "OK").Should().Be(1);
        codes.Where(code => code != "OK").Should().OnlyContain(code => code == "PROJECT_EXISTS");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Nobody_stays_assigned_who_is_removed_while_they_are_being_assigned(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var shop = await host.Get<ProjectCommands>().CreateAsync(host.Owner, "shop", None, default);
        var grace = await JoinAsync(host, []);

        await Task.WhenAll(
            Outcome.OfAsync(() => host.Get<ProjectMemberCommands>().AssignAsync(host.Owner, shop.Id, grace, None, default)),
            Outcome.OfAsync(() => host.Get<MemberCommands>().RemoveAsync(host.Owner, grace, None, default)));

        await using var db = await host.Database.CreateDbContextAsync();
        (await db.ProjectMembers.CountAsync(assignment => assignment.UserId == grace)).Should().Be(0);
    }

    [Fact]
    public async Task Assigning_twice_and_taking_twice_is_doing_it_once()
    {
        await using var host = await StartAsync();
        var shop = await host.Get<ProjectCommands>().CreateAsync(host.Owner, "shop", None, default);
        var grace = await JoinAsync(host, []);
        var members = host.Get<ProjectMemberCommands>();
        for (var i = 0; i < 2; i++) await members.AssignAsync(host.Owner, shop.Id, grace, None, default);
        (await SeenByAsync(host, grace)).Should().Equal("shop");
        for (var i = 0; i < 2; i++) await members.TakeAsync(host.Owner, shop.Id, grace, None, default);
        (await SeenByAsync(host, grace)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(Role.DeploymentManager)]
    [InlineData(Role.Member)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.BillingManager)]
    public async Task Others_manage_neither_grants_nor_who_works_where(Role role)
    {
        await using var host = await StartAsync();
        var actor = host.Owner with { Role = role };
        var id = Guid.NewGuid();
        string[] codes =
        [
            await Outcome.OfAsync(() => host.Get<ProjectMemberCommands>().AssignAsync(actor, id, id, None, default)),
            await Outcome.OfAsync(() => host.Get<ProjectMemberCommands>().TakeAsync(actor, id, id, None, default)),
            await Outcome.OfAsync(() => host.Get<ProjectPeopleQueries>().ListAssignableAsync(actor, default)),
            await Outcome.OfAsync(() => host.Get<MemberCommands>().ChangeGrantsAsync(actor, id, PersonalGrants.None, None, default)),
            await Outcome.OfAsync(() => host.Get<ProjectCommands>().DeleteAsync(actor, id, None, default)),
        ];
        codes.Should().OnlyContain(code => code == "PERMISSION_DENIED");
    }

    [Fact]
    public async Task An_admin_grants_an_owner_nothing_and_nobody_grants_what_there_is_not()
    {
        await using var host = await StartAsync();
        var members = host.Get<MemberCommands>();
        var admin = host.Owner with { Role = Role.Admin, UserId = Guid.NewGuid() };
        (await Outcome.OfAsync(() => members.ChangeGrantsAsync(admin, host.Owner.UserId, PersonalGrants.None, None, default))).Should().Be("PERMISSION_DENIED");
        (await Outcome.OfAsync(() => members.ChangeGrantsAsync(host.Owner, Guid.NewGuid(), PersonalGrants.None, None, default))).Should().Be("MEMBER_NOT_FOUND");
        var grace = await JoinAsync(host, []);
        (await Outcome.OfAsync(() => members.ChangeGrantsAsync(host.Owner, grace, new() { Environments = [(DeploymentEnvironment)7] }, None, default))).Should().Be("INVALID_GRANT");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Members_and_invitations_from_before_grants_have_none(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var grace = await JoinAsync(host, []);
        await using var db = await host.Database.CreateDbContextAsync();
        // What the migration gave to the rows that were there.
        await db.Database.ExecuteSqlAsync($"UPDATE \"Members\" SET \"Grants\" = {"{}"}");

        (await host.Get<PeopleQueries>().ListAsync(host.Owner, default)).Members.Single(member => member.UserId == grace).Grants.Should().BeEquivalentTo(PersonalGrants.None);
    }

    private async Task<CoreHost> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite) =>
        await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));

    private static async Task<Guid> JoinAsync(CoreHost host, IReadOnlyList<Guid>? projects)
    {
        var id = Guid.CreateVersion7();
        var email = $"{id:N}@example.com";
        var invitation = await host.Get<InvitationCommands>().InviteAsync(host.Owner, email, Role.Member, projects, None, default);
        await host.Get<InvitationCommands>().AcceptAsync(invitation.Token, new(id, email, "Somebody"), "tests", default);
        return id;
    }

    private static async Task<IEnumerable<string>> SeenByAsync(CoreHost host, Guid userId)
    {
        var grant = new AccessGrant(userId, host.Owner.OrganizationId, "client", Scopes.All.ToHashSet(), "token", DateTimeOffset.MaxValue);
        var actor = await host.Get<ActorResolver>().ResolveAsync(grant, "tests", default);
        return (await host.Get<ProjectQueries>().ListAsync(actor!, new(), default)).Items.Select(project => project.Name);
    }
}
