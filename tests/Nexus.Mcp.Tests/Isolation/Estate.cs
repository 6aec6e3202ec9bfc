using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Access;
using Nexus.Core.Commands;
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
        return new(name, projectId, new Dictionary<string, Guid>
        {
            ["deploymentId"] = deployment,
            ["projectId"] = projectId,
            ["secretId"] = secret,
            ["domainId"] = domain,
            ["sourceId"] = await SourceAsync(server, name, maker),
        });
    }

    /// <summary>Nobody connects to it in these tests, so it needs no database behind it.</summary>
    private static async Task<Guid> SourceAsync(McpServerFixture server, string name, TestPerson maker)
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
        await using var db = await server.OpenDatabaseAsync();
        db.Add(source);
        await db.SaveChangesAsync();
        return source.Id;
    }
}

/// <summary>
/// A Deployment Manager with every scope, who sees one project; another project of the same organisation, and another organisation,
/// with as much in them.
/// </summary>
internal sealed record Neighbourhood(TestPerson Me, TestPerson Stranger, Estate Mine, Estate Hidden, Estate Foreign)
{
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
}
