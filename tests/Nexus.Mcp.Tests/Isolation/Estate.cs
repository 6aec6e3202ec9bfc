using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Fixes;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Isolation;

/// <summary>One of everything that has an id, in one project: its ids by the argument that takes them.</summary>
internal sealed record Estate(string Name, Guid ProjectId, IReadOnlyDictionary<string, Guid> Ids)
{
    /// <summary>Makes one with a token that may.</summary>
    public static async Task<Estate> MakeAsync(McpServerFixture server, string name, TestPerson maker, Guid projectId)
    {
        var deployment = (await server.CallAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name, projectId }, maker.Token))
            .GetProperty("deployment").GetProperty("id").GetGuid();
        await using (var db = await server.OpenDatabaseAsync())
        {
            await db.Deployments.Where(one => one.Id == deployment)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, DeploymentStatus.Running));
        }

        var secret = (await server.CallAsync("nexusai_secrets_create", new { name = $"TOKEN_OF_{name.ToUpperInvariant()}", value = "v", projectId }, maker.Token))
            .GetProperty("secret").GetProperty("id").GetGuid();
        var domain = (await server.CallAsync("nexusai_domains_add", new { deploymentId = deployment, domain = $"www.{name}-shop.example" }, maker.Token))
            .GetProperty("id").GetGuid();
        var (source, proposal) = await DatabaseAsync(server, name, maker);
        return new(name, projectId, new Dictionary<string, Guid>
        {
            ["deploymentId"] = deployment,
            ["projectId"] = projectId,
            ["secretId"] = secret,
            ["domainId"] = domain,
            ["sourceId"] = source,
            ["proposalId"] = proposal,
        });
    }

    /// <summary>Deletes all but the project. With a database go the proposals for it.</summary>
    public async Task DeleteAsync(McpServerFixture server, TestPerson maker)
    {
        var (deploymentId, domainId, secretId, sourceId) = (Ids["deploymentId"], Ids["domainId"], Ids["secretId"], Ids["sourceId"]);
        await server.CallAsync("nexusai_domains_remove", new { deploymentId, domainId }, maker.Token);
        await server.CallAsync("nexusai_deploy_delete", new { deploymentId }, maker.Token);
        await server.CallAsync("nexusai_secrets_delete", new { secretId }, maker.Token);
        await server.CallAsync("nexusai_db_source_delete", new { sourceId }, maker.Token);
    }

    /// <summary>Nobody connects to it in these tests, so it needs no database behind it.</summary>
    private static async Task<(Guid Source, Guid Proposal)> DatabaseAsync(McpServerFixture server, string name, TestPerson maker)
    {
        var source = new DatabaseSource
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = maker.OrganizationId,
            Name = name,
            Engine = DatabaseEngine.Postgresql,
            Host = "127.0.0.1",
            Port = 1,
            DatabaseName = name,
            Username = name,
            SslMode = DatabaseSslMode.Disable,
            KeyId = "none",
            Sealed = [],
            CreatedBy = maker.UserId,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        var proposal = new FixProposal
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = maker.OrganizationId,
            SourceId = source.Id,
            Sql = "SELECT 1",
            Risk = RiskLevel.Low,
            SqlState = "42P01",
            Tables = [],
            Fingerprint = "none",
            State = FixState.Proposed,
            CreatedBy = maker.UserId,
            CreatedAt = DateTimeOffset.UnixEpoch,
            ExpiresAt = DateTimeOffset.MaxValue,
        };
        await using var db = await server.OpenDatabaseAsync();
        db.AddRange(source, proposal);
        await db.SaveChangesAsync();
        return (source.Id, proposal.Id);
    }
}

/// <summary>
/// A Deployment Manager with every scope, who sees one project; another project of the same organisation, and another organisation,
/// with as much in them.
/// </summary>
internal sealed record Neighbourhood(TestPerson Me, TestPerson Stranger, Estate Mine, Estate Hidden, Estate Foreign)
{
    /// <summary>What is the whole organisation's, whatever the project: databases, and the fixes for them.</summary>
    public static IReadOnlyCollection<string> SharedKinds { get; } = ["sourceId", "proposalId"];

    public static async Task<Neighbourhood> MakeAsync(McpServerFixture server)
    {
        var owner = new TestPerson(server.Owner.UserId, server.Owner.OrganizationId, server.OwnerToken);
        var hidden = await server.Services.GetRequiredService<ProjectCommands>()
            .CreateAsync(await server.OwnerActorAsync(), "hidden", CommandOptions.None, default);
        var (organization, project) = (Guid.CreateVersion7(), Guid.Empty);
        await using (var db = await server.OpenDatabaseAsync())
        {
            project = db.Projects.Single(one => one.Name == Project.DefaultName).Id;
            db.Add(new Organization { Id = organization, Name = "Other", CreatedAt = DateTimeOffset.UnixEpoch });
            db.Add(Project.Default(organization, DateTimeOffset.UnixEpoch));
            await db.SaveChangesAsync();
        }

        var stranger = await server.AddPersonAsync(Role.Owner, organization);
        Guid theirs;
        await using (var db = await server.OpenDatabaseAsync()) theirs = db.Projects.Single(one => one.OrganizationId == organization).Id;
        return new(
            await server.AddPersonAsync(Role.DeploymentManager, owner.OrganizationId, project), stranger,
            await Estate.MakeAsync(server, "mine", owner, project),
            await Estate.MakeAsync(server, "hidden", owner, hidden.Id),
            await Estate.MakeAsync(server, "foreign", stranger, theirs));
    }

    /// <summary>Makes as much again in each place, and deletes it; and a project.</summary>
    public async Task<Deleted> DeleteAsync(McpServerFixture server)
    {
        var owner = new TestPerson(server.Owner.UserId, server.Owner.OrganizationId, server.OwnerToken);
        var ids = new List<Guid>();
        var mine = await LoseAsync("lost", owner, Mine.ProjectId);
        await LoseAsync("hiddenlost", owner, Hidden.ProjectId);
        await LoseAsync("foreignlost", Stranger, Foreign.ProjectId);
        var (projects, actor) = (server.Services.GetRequiredService<ProjectCommands>(), await server.OwnerActorAsync());
        ids.Add((await projects.CreateAsync(actor, "lost", CommandOptions.None, default)).Id);
        await projects.DeleteAsync(actor, ids[^1], CommandOptions.None, default);
        return new(ids, mine.Ids["deploymentId"]);

        async Task<Estate> LoseAsync(string name, TestPerson maker, Guid project)
        {
            var estate = await Estate.MakeAsync(server, name, maker, project);
            await estate.DeleteAsync(server, maker);
            ids.AddRange(estate.Ids.Where(one => one.Key != "projectId").Select(one => one.Value));
            return estate;
        }
    }
}

/// <summary>Ids of what was deleted, anybody's, and which of them is my own deployment's.</summary>
internal sealed record Deleted(IReadOnlyList<Guid> Ids, Guid MyDeployment);
