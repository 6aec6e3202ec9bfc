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
