using FluentAssertions;
using Nexus.Core.Access;
using Nexus.Core.Deployments;
using Xunit;

namespace Nexus.Core.Tests.Access;

public sealed class AccessPolicyTests
{
    /// <summary>The contract's matrix, with a column for each role in the order of <see cref="Role"/>.</summary>
    private const string Matrix = """
        ViewOrganization      x x x x x x
        ManageOrganization    x x . . . .
        ManageUsers           x x . . . .
        ManageAiProviders     x x . . . .
        ViewBilling           x x . . . x
        ManageBilling         x . . . . x
        ViewAuditLog          x x . . x .
        ViewUsage             x x . . x x
        ManageSecrets         x x x x . .
        ManageCustomDomains   x x x . . .
        CreateProjects        x x . x . .
        ViewProjects          x x x x x x
        UpdateProjects        x x . x . .
        DeleteProjects        x x . . . .
        ManageProjectMembers  x x . . . .
        ViewDeployments       x x x x x .
        ViewLogs              x x x x x .
        ManageDeployments     x x x x . .
        DatabaseRead          x x x x x .
        DatabaseManage        x x x x . .
        DatabaseWrite         x x x x . .
        """;

    public static TheoryData<Role, Permission, bool> Cells()
    {
        var cells = new TheoryData<Role, Permission, bool>();
        foreach (var words in Matrix.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            foreach (var role in Enum.GetValues<Role>())
                cells.Add(role, Enum.Parse<Permission>(words[0]), words[1 + (int)role] == "x");
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Each_role_has_the_permissions_of_the_contract(Role role, Permission permission, bool allowed) =>
        AccessPolicy.Allows(role, permission).Should().Be(allowed);

    [Fact]
    public void The_matrix_has_every_permission() => Cells().Should().HaveCount(Enum.GetValues<Permission>().Length * 6);

    [Fact]
    public void Only_those_who_deploy_have_environments()
    {
        AccessPolicy.EnvironmentsOf(Role.DeploymentManager).Should().Contain(DeploymentEnvironment.Production);
        AccessPolicy.EnvironmentsOf(Role.Member).Should().Equal(DeploymentEnvironment.Development, DeploymentEnvironment.Staging);
        AccessPolicy.EnvironmentsOf(Role.Auditor).Should().BeEmpty();
    }

    /// <summary>Which environments a role has, and which a grant adds: everywhere, or only in projects that the person is assigned to.</summary>
    private const string Environments = """
                           Development  Staging     Production
        Owner              role         role        role
        Admin              role         role        role
        DeploymentManager  role         role        role
        Member             role         role        assigned
        Auditor            never        never       never
        BillingManager     never        never       never
        """;

    [Fact]
    public void A_grant_adds_an_environment_and_production_in_assigned_projects_alone()
    {
        var (mine, other) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var words in Environments.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            foreach (var environment in Enum.GetValues<DeploymentEnvironment>())
            {
                var plain = Actor(Enum.Parse<Role>(words[0]), mine);
                var granted = plain with { Grants = new() { Environments = Enum.GetValues<DeploymentEnvironment>() } };
                var word = words[1 + (int)environment];
                Has(plain, mine).Should().Be(word == "role");
                Has(granted, mine).Should().Be(word is "role" or "assigned");
                Has(granted, other).Should().Be(word == "role");
                Has(granted, null).Should().Be(word == "role");

                bool Has(Actor actor, Guid? project) => AccessPolicy.EnvironmentsOf(actor, project).Contains(environment);
            }
    }

    [Theory]
    [InlineData(Role.Owner, true, true)]
    [InlineData(Role.Admin, true, true)]
    [InlineData(Role.DeploymentManager, false, true)]
    [InlineData(Role.Member, false, true)]
    [InlineData(Role.Auditor, false, false)]
    [InlineData(Role.BillingManager, false, false)]
    public void A_grant_adds_a_provider_for_those_who_deploy(Role role, bool without, bool with)
    {
        var plain = Actor(role, Guid.NewGuid());
        var granted = plain with { Grants = new() { Providers = ["gcp_cloud_run"] } };

        AccessPolicy.AllowsProvider(plain, "gcp_cloud_run").Should().Be(without);
        AccessPolicy.AllowsProvider(granted, "gcp_cloud_run").Should().Be(with);
        AccessPolicy.AllowsProvider(granted, "aws_ecs_fargate").Should().Be(without);
        AccessPolicy.Needed(granted.Grants, role).Providers.Any().Should().Be(with && !without);
    }

    private static Actor Actor(Role role, Guid project) => new()
    {
        UserId = Guid.NewGuid(),
        Email = "",
        Name = "",
        OrganizationId = Guid.NewGuid(),
        OrganizationName = "",
        Role = role,
        Scopes = Scopes.All.ToHashSet(),
        AssignedProjects = new HashSet<Guid> { project },
        ClientId = "",
        TokenId = "",
        Surface = "",
    };

    [Fact]
    public void A_person_is_offered_only_scopes_that_their_role_can_use()
    {
        AccessPolicy.UsefulScopes(Role.Owner).Should().Equal(Scopes.All);
        AccessPolicy.UsefulScopes(Role.BillingManager).Should().Equal(Scopes.DeploymentsRead);
        AccessPolicy.UsefulScopes(Role.Auditor).Should().NotContain(Scopes.DeploymentsDelete);
    }

    [Fact]
    public void Every_operation_has_its_requirement() =>
        Enum.GetValues<Operation>().Should().OnlyContain(operation => AccessPolicy.RequirementOf(operation) != null);
}
