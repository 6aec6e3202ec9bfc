using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Projects;
using Nexus.Core.Sources;

namespace Nexus.Core.Secrets;

/// <summary>What can be done to secrets. Values go in and don't come out; audit and idempotency keep a keyed digest at most.</summary>
public sealed class SecretCommands(CommandDoor door, VaultCipher cipher, ImageOptions images)
{
    /// <summary>Makes a secret at version 1.</summary>
    public Task<SecretResult> CreateAsync(
        Actor actor, CreateSecret asked, CommandOptions options, CancellationToken cancellationToken)
    {
        var named = new { asked.Name, asked.ProjectId, asked.Environment };
        return door.ExecuteAsync(actor, Command(Operation.CreateSecret, named, asked.Value, options), async (context, token) =>
        {
            var value = SecretValue.Check(asked.Value);
            SecretName.Check(asked.Name);
            var reach = new SecretReach(asked.ProjectId, asked.Environment);
            await CheckProjectAsync(asked.ProjectId, context, token);
            reach.CheckWithin(actor);
            await CheckFreeAsync(asked.Name, reach, context, token);
            var secret = New(asked, reach, context);
            context.Db.Add(secret);
            return Keep(secret, value, context, options, Made(secret));
        }, cancellationToken);
    }

    /// <summary>Gives a secret a new value as its next version. What runs keeps the version that it started with until it is redeployed.</summary>
    public Task<SecretResult> UpdateAsync(
        Actor actor, Guid id, string value, CommandOptions options, CancellationToken cancellationToken)
    {
        var command = Command(Operation.UpdateSecret, new { secretId = id }, value, options);
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var bytes = SecretValue.Check(value);
            var secret = await context.Db.Secrets.GetAsync(actor, id, token);
            SecretReach.Of(secret).CheckWithin(actor);
            var before = secret.Version++;
            secret.UpdatedAt = context.Now;
            return Keep(secret, bytes, context, options, [new("version", $"{before}", $"{secret.Version}")]);
        }, cancellationToken);
    }

    /// <summary>Removes a secret and every version of it.</summary>
    public Task<SecretResult> DeleteAsync(Actor actor, Guid id, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.DeleteSecret, new { secretId = id }, options), async (context, token) =>
        {
            var secret = await context.Db.Secrets.GetAsync(actor, id, token);
            SecretReach.Of(secret).CheckWithin(actor);
            (context.Target, context.ProjectId) = (secret.Id.ToString(), secret.ProjectId);
            await CheckUnusedAsync(secret, context, token);
            context.Db.Remove(secret);
            return new SecretResult(SecretSummary.Of(secret), options.DryRun, [new("secret", secret.Name)]);
        }, cancellationToken);

    private Command Command(Operation operation, object named, string value, CommandOptions options) =>
        new(operation, new { named, digest = cipher.Digest(value) }, options) { AuditedArguments = named };

    private async Task CheckUnusedAsync(Secret secret, CommandContext context, CancellationToken cancellationToken)
    {
        var users = await (
            from revision in context.Db.NeededRevisionsOf(images.KeepRevisions)
            join deployment in context.Db.Deployments on revision.DeploymentId equals deployment.Id
            where context.Db.SecretUses.Any(use => use.SecretId == secret.Id
                && use.DeploymentId == revision.DeploymentId && use.Revision == (revision.CopyOf ?? revision.Number))
            select deployment.Name)
            .Distinct().OrderBy(name => name).ToListAsync(cancellationToken);
        if (users.Count > 0) throw SecretErrors.InUse(secret.Name, users);
    }

    private SecretResult Keep(
        Secret secret, byte[] value, CommandContext context, CommandOptions options, IReadOnlyList<Change> plan)
    {
        (context.Target, context.ProjectId) = (secret.Id.ToString(), secret.ProjectId);
        var (keyId, box) = cipher.Seal(secret, secret.Version, value);
        context.Db.Add(new SecretVersion
        {
            SecretId = secret.Id,
            Version = secret.Version,
            KeyId = keyId,
            Sealed = box,
            CreatedBy = context.Actor.UserId,
            CreatedAt = context.Now,
        });
        return new(SecretSummary.Of(secret), options.DryRun, plan);
    }

    private static Secret New(CreateSecret asked, SecretReach reach, CommandContext context) => new()
    {
        Id = Guid.CreateVersion7(context.Now),
        OrganizationId = context.Actor.OrganizationId,
        Name = asked.Name,
        ProjectId = reach.ProjectId,
        Environment = reach.Environment,
        Reach = reach.Key,
        Version = 1,
        CreatedAt = context.Now,
        UpdatedAt = context.Now,
    };

    private static List<Change> Made(Secret secret)
    {
        var plan = new List<Change> { new("name", After: secret.Name), new("value", After: "(hidden)") };
        if (secret.ProjectId is { } project) plan.Add(new("projectId", After: project.ToString()));
        if (secret.Environment is { } environment) plan.Add(new("environment", After: environment.ToString().ToUpperInvariant()));
        return plan;
    }

    private static async Task CheckProjectAsync(Guid? projectId, CommandContext context, CancellationToken cancellationToken)
    {
        if (projectId is { } id) await context.Db.Projects.RequireAsync(context.Actor, id, cancellationToken);
    }

    private static async Task CheckFreeAsync(
        string name, SecretReach reach, CommandContext context, CancellationToken cancellationToken)
    {
        var taken = await context.Db.Secrets.FirstOrDefaultAsync(
            secret => secret.OrganizationId == context.Actor.OrganizationId && secret.Name == name && secret.Reach == reach.Key,
            cancellationToken);
        if (taken is not null) throw SecretErrors.Exists(name, taken.Id.ToString());
    }
}
