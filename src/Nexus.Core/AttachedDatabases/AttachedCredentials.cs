using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;

namespace Nexus.Core.AttachedDatabases;

/// <summary>What the engine needs to know of a deployment's databases: how to run them, and what to tell the application.</summary>
public sealed class AttachedCredentials(IDbContextFactory<NexusDbContext> database, VaultCipher cipher)
{
    /// <summary>The variables of the deployment's replicas; <c>DATABASE_URL</c> is that of the first that is no cache.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> VariablesAsync(
        Deployment deployment, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>();
        if (deployment.Services.Count == 0) return variables;
        var rows = await LoadAsync(deployment.Id, cancellationToken);
        foreach (var kind in deployment.Services)
        {
            var recipe = RecipeOf(rows.Single(row => row.Kind == kind));
            foreach (var (name, value) in recipe.Variables) variables[name] = value;
            if (kind != AttachedDatabaseKind.Redis) variables.TryAdd("DATABASE_URL", recipe.Url);
        }

        return variables;
    }

    /// <summary>The passwords, which no log may show.</summary>
    internal async Task<IReadOnlyList<string>> PasswordsAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        [.. (await LoadAsync(deploymentId, cancellationToken)).Select(Password)];

    internal AttachedDatabaseRecipe RecipeOf(AttachedDatabase row) => AttachedDatabaseRecipe.Of(row.Kind, Password(row));

    private async Task<List<AttachedDatabase>> LoadAsync(Guid deploymentId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.AttachedDatabases.AsNoTracking().Where(row => row.DeploymentId == deploymentId).ToListAsync(cancellationToken);
    }

    private string Password(AttachedDatabase row)
    {
        try
        {
            return Encoding.UTF8.GetString(cipher.Open(row.Place, new(row.KeyId, row.Sealed)));
        }
        catch (CryptographicException)
        {
            throw new ProviderException(
                "SECRET_UNREADABLE", "The password of an attached database can't be opened with the server's key.",
                "Start the server with the key that it was made with.", transient: false);
        }
    }
}
