using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Storage;

namespace Nexus.Core.Secrets;

/// <summary>What a deployment gets of the vault when its replicas start, and what must not be read in its logs.</summary>
public sealed class DeploymentSecrets(IDbContextFactory<NexusDbContext> database, VaultCipher cipher, AttachedCredentials attached)
{
    /// <summary>Values and lines of them that are shorter would redact half of a log.</summary>
    private const int ShortestRedacted = 4;

    /// <summary>
    /// The revision's variables with each <c>${secret:NAME}</c> replaced by the version that it is bound to, over those that
    /// tell of the deployment's own databases.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, string>> FillAsync(
        Deployment deployment, Revision revision, CancellationToken cancellationToken)
    {
        var filled = await FillAsync(revision, cancellationToken);
        if (deployment.Services.Count == 0) return filled;
        var variables = new Dictionary<string, string>(await attached.VariablesAsync(deployment, cancellationToken));
        foreach (var (name, value) in filled) variables[name] = value;
        return variables;
    }

    private async Task<IReadOnlyDictionary<string, string>> FillAsync(Revision revision, CancellationToken cancellationToken)
    {
        var names = SecretReferences.In(revision.Variables);
        if (names.Count == 0) return revision.Variables;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var origin = revision.Origin;
        var bound = await Bound(db, revision.DeploymentId).Where(bound => bound.Use.Revision == origin).ToListAsync(cancellationToken);
        var values = bound.ToDictionary(one => one.Use.Name, Open);
        return names.FirstOrDefault(name => !values.ContainsKey(name)) is { } missing
            ? throw Unreadable(missing)
            : SecretReferences.Fill(revision.Variables, values);
    }

    /// <summary>The value of one secret that the revision is bound to.</summary>
    internal async Task<string> OpenAsync(Revision revision, string name, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var origin = revision.Origin;
        var bound = await Bound(db, revision.DeploymentId)
            .FirstOrDefaultAsync(bound => bound.Use.Revision == origin && bound.Use.Name == name, cancellationToken);
        return bound is null ? throw Unreadable(name) : Open(bound);
    }

    /// <summary>The texts that no log of the deployment may show, the longest first.</summary>
    internal async Task<IReadOnlyList<string>> KnownValuesAsync(Guid deploymentId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var bound = await Bound(db, deploymentId).ToListAsync(cancellationToken);
        var passwords = await attached.PasswordsAsync(deploymentId, cancellationToken);
        return
        [
            .. bound.DistinctBy(one => (one.Use.SecretId, one.Use.Version)).Select(Open).Concat(passwords)
                .SelectMany(text => text.Split('\n', StringSplitOptions.TrimEntries))
                .Where(text => text.Length >= ShortestRedacted)
                .Distinct()
                .OrderByDescending(text => text.Length),
        ];
    }

    private string Open(BoundSecret bound)
    {
        try
        {
            return SecretValue.Decode(cipher.Open(bound.Secret, bound.Version));
        }
        catch (CryptographicException)
        {
            throw Unreadable(bound.Use.Name);
        }
    }

    private static ProviderException Unreadable(string name) => new(
        "SECRET_UNREADABLE", $"The secret {name} can't be opened with the server's key.",
        "Give it its value again, and redeploy.", transient: false);

    private static IQueryable<BoundSecret> Bound(NexusDbContext db, Guid deploymentId) =>
        from use in db.SecretUses.AsNoTracking()
        join secret in db.Secrets on use.SecretId equals secret.Id
        join version in db.SecretVersions on new { use.SecretId, use.Version } equals new { version.SecretId, version.Version }
        where use.DeploymentId == deploymentId
        select new BoundSecret { Use = use, Secret = secret, Version = version };

    private sealed class BoundSecret
    {
        public required SecretUse Use { get; init; }
        public required Secret Secret { get; init; }
        public required SecretVersion Version { get; init; }
    }
}
