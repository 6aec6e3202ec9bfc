using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Access;

/// <summary>
/// What people may do is looked up at each call: what they are given counts at the next one, and what is taken away stops the next
/// one, made with the token that they had all along.
/// </summary>
public sealed class TakenAwayTests : IAsyncLifetime
{
    private static readonly object Nginx = new { image = "nginx:1.27", port = 80 };

    private readonly McpServerFixture _server = new()
    {
        OtherProviders = [new PaperProvider { Id = "gcp_cloud_run", Aliases = [] }],
    };

    private Actor _owner = null!;
    private Guid _project;

    [Theory]
    [InlineData(Role.Member)]
    [InlineData(Role.DeploymentManager)]
    public async Task A_project(Role role)
    {
        var person = await _server.AddPersonAsync(role, _owner.OrganizationId);
        await _server.CallAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name = "web", projectId = _project });
        await SeesNothingAsync(person);

        await Members.AssignAsync(_owner, _project, person.UserId, CommandOptions.None, default);
        (await ListAsync("deploy_list", "deployments", person)).Should().Equal("web");
        (await ListAsync("projects_list", "projects", person)).Should().Equal("default");
        await _server.CallAsync("nexusai_deploy_status", new { deploymentId = "web" }, person.Token);
        await _server.CallAsync("nexusai_deploy_stop", new { deploymentId = "web" }, person.Token);
        await _server.CallAsync("nexusai_deploy_create", Nginx, person.Token);
        (await ListAsync("deploy_list", "deployments", person)).Should().HaveCount(2, "without a word it is the project that they see");

        await Members.TakeAsync(_owner, _project, person.UserId, CommandOptions.None, default);
        await SeesNothingAsync(person);
    }

    [Fact]
    public async Task The_result_of_a_request_that_is_repeated()
    {
        var person = await _server.AddPersonAsync(Role.Member, _owner.OrganizationId, _project);
        var asked = new { image = "nginx:1.27", port = 80, name = "web", requestId = "once" };
        await _server.CallAsync("nexusai_deploy_create", asked, person.Token);
        await _server.CallAsync("nexusai_deploy_create", asked, person.Token);

        await Members.TakeAsync(_owner, _project, person.UserId, CommandOptions.None, default);

        await RefusedAsync("PROJECT_NOT_FOUND", "deploy_create", asked, person);
    }

    [Fact]
    public async Task A_grant_of_production_which_holds_in_assigned_projects_alone()
    {
        var other = await Projects.CreateAsync(_owner, "other", CommandOptions.None, default);
        var person = await _server.AddPersonAsync(Role.Member, _owner.OrganizationId, _project, other.Id);
        await _server.CallAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name = "live", environment = "PRODUCTION" });
        await RefusedAsync("ENVIRONMENT_NOT_ALLOWED", "deploy_stop", new { deploymentId = "live" }, person);

        await GrantAsync(person, new() { Environments = [DeploymentEnvironment.Production] });
        await _server.CallAsync("nexusai_deploy_stop", new { deploymentId = "live" }, person.Token);
        await _server.CallAsync("nexusai_deploy_create", Production(other.Id, "mine"), person.Token);
        await _server.CallAsync("nexusai_secrets_create", Secret(other.Id), person.Token);
        await RefusedAsync("ENVIRONMENT_NOT_ALLOWED", "secrets_create", new { name = "A", value = "v", environment = "PRODUCTION" }, person);
        await Members.TakeAsync(_owner, other.Id, person.UserId, CommandOptions.None, default);
        await RefusedAsync("PROJECT_NOT_FOUND", "deploy_create", Production(other.Id, "more"), person);
        await RefusedAsync("DEPLOYMENT_NOT_FOUND", "deploy_stop", new { deploymentId = "mine" }, person);

        await GrantAsync(person, PersonalGrants.None);
        await RefusedAsync("ENVIRONMENT_NOT_ALLOWED", "deploy_start", new { deploymentId = "live" }, person);
        await RefusedAsync("ENVIRONMENT_NOT_ALLOWED", "deploy_create", Production(_project, "more"), person);
        await RefusedAsync("ENVIRONMENT_NOT_ALLOWED", "secrets_create", Secret(_project), person);
    }

    [Fact]
    public async Task A_grant_of_a_provider()
    {
        var person = await _server.AddPersonAsync(Role.Member, _owner.OrganizationId, _project);
        var elsewhere = new { image = "nginx:1.27", port = 80, name = "far", provider = "gcp_cloud_run" };
        await RefusedAsync("PROVIDER_NOT_ALLOWED", "deploy_create", elsewhere, person);
        (await AllowedAsync(person)).Should().NotContain("gcp_cloud_run").And.Contain("docker");

        await GrantAsync(person, new() { Providers = ["gcp_cloud_run"] });
        await _server.CallAsync("nexusai_deploy_create", elsewhere, person.Token);
        (await AllowedAsync(person)).Should().Contain("gcp_cloud_run");

        await GrantAsync(person, PersonalGrants.None);
        await RefusedAsync("PROVIDER_NOT_ALLOWED", "deploy_redeploy", new { deploymentId = "far" }, person);
        await RefusedAsync("PROVIDER_NOT_ALLOWED", "deploy_scale", new { deploymentId = "far", replicas = 2 }, person);
        await RefusedAsync("PROVIDER_NOT_ALLOWED", "deploy_delete", new { deploymentId = "far" }, person);
        (await AllowedAsync(person)).Should().NotContain("gcp_cloud_run");
    }

    [Fact]
    public async Task A_role_and_with_it_the_grants_that_add_nothing_to_the_next()
    {
        var person = await _server.AddPersonAsync(Role.Member, _owner.OrganizationId, _project);
        await GrantAsync(person, new() { Environments = [DeploymentEnvironment.Production], Providers = ["gcp_cloud_run"] });
        await _server.CallAsync("nexusai_deploy_create", Production(_project, "live"), person.Token);

        await People.ChangeRoleAsync(_owner, person.UserId, Role.Auditor, CommandOptions.None, default);
        await RefusedAsync("PERMISSION_DENIED", "deploy_stop", new { deploymentId = "live" }, person);
        await _server.CallAsync("nexusai_deploy_status", new { deploymentId = "live" }, person.Token);

        await People.ChangeRoleAsync(_owner, person.UserId, Role.Member, CommandOptions.None, default);
        await RefusedAsync("ENVIRONMENT_NOT_ALLOWED", "deploy_stop", new { deploymentId = "live" }, person);
    }

    [Fact]
    public async Task A_persons_place_and_what_they_had_in_it_when_they_come_back()
    {
        var person = await _server.AddPersonAsync(Role.Member, _owner.OrganizationId, _project);
        await _server.CallAsync("nexusai_whoami", null, person.Token);

        await People.RemoveAsync(_owner, person.UserId, CommandOptions.None, default);

        (await _server.PostAsync(Messages.WhoAmI, person.Token)).Status.Should().Be(HttpStatusCode.Unauthorized);
        await using var db = await _server.OpenDatabaseAsync();
        db.ProjectMembers.Should().NotContain(assignment => assignment.UserId == person.UserId);
    }

    [Fact]
    public async Task Grants_are_for_those_who_deploy_and_of_what_there_is()
    {
        var auditor = await _server.AddPersonAsync(Role.Auditor, _owner.OrganizationId);
        var member = await _server.AddPersonAsync(Role.Member, _owner.OrganizationId);
        var production = new PersonalGrants { Environments = [DeploymentEnvironment.Production, DeploymentEnvironment.Staging] };

        (await CodeAsync(() => GrantAsync(auditor, production))).Should().Be("INVALID_GRANT");
        (await CodeAsync(() => GrantAsync(member, new() { Providers = ["mainframe"] }))).Should().Be("UNKNOWN_PROVIDER");
        (await GrantAsync(member, production)).Grants.Environments.Should().Equal([DeploymentEnvironment.Production], "a Member has the other");
    }

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _owner = await _server.OwnerActorAsync();
        await using var db = await _server.OpenDatabaseAsync();
        _project = db.Projects.Single().Id;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private MemberCommands People => _server.Services.GetRequiredService<MemberCommands>();

    private ProjectCommands Projects => _server.Services.GetRequiredService<ProjectCommands>();

    private ProjectMemberCommands Members => _server.Services.GetRequiredService<ProjectMemberCommands>();

    private static object Production(Guid projectId, string name) =>
        new { image = "nginx:1.27", port = 80, name, projectId, environment = "PRODUCTION" };

    private static object Secret(Guid projectId) => new { name = "TOKEN", value = "v", projectId, environment = "PRODUCTION" };

    private Task<PersonView> GrantAsync(TestPerson person, PersonalGrants grants) =>
        People.ChangeGrantsAsync(_owner, person.UserId, grants, CommandOptions.None, default);

    private async Task SeesNothingAsync(TestPerson person)
    {
        (await ListAsync("deploy_list", "deployments", person)).Should().BeEmpty();
        (await ListAsync("projects_list", "projects", person)).Should().BeEmpty();
        await RefusedAsync("PROJECT_NOT_FOUND", "deploy_list", new { projectId = _project }, person);
        await RefusedAsync("DEPLOYMENT_NOT_FOUND", "deploy_status", new { deploymentId = "web" }, person);
        await RefusedAsync("DEPLOYMENT_NOT_FOUND", "deploy_stop", new { deploymentId = "web" }, person);
        await RefusedAsync("PROJECT_NOT_FOUND", "deploy_create", Nginx, person);
    }

    private async Task<IEnumerable<string?>> ListAsync(string tool, string list, TestPerson person) =>
        (await _server.CallAsync($"nexusai_{tool}", null, person.Token)).GetProperty(list).EnumerateArray()
            .Select(one => one.GetProperty("name").GetString()).ToList();

    private async Task<IEnumerable<string?>> AllowedAsync(TestPerson person) =>
        (await _server.CallAsync("nexusai_providers_list", null, person.Token)).GetProperty("providers").EnumerateArray()
            .Where(provider => provider.GetProperty("allowed").GetBoolean()).Select(provider => provider.GetProperty("id").GetString()).ToList();

    private async Task RefusedAsync(string code, string tool, object arguments, TestPerson person) =>
        (await _server.FailAsync($"nexusai_{tool}", arguments, person.Token)).Code.Should().Be(code, "of {0}", tool);

    private static async Task<string> CodeAsync(Func<Task> act) =>
        (await act.Should().ThrowAsync<Nexus.Core.NexusException>()).Which.Code;
}
