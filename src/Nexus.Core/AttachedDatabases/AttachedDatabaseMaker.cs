using System.Security.Cryptography;
using System.Text;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Secrets;

namespace Nexus.Core.AttachedDatabases;

/// <summary>Records the databases that a new deployment asks for, each with a password that nobody chose.</summary>
public sealed class AttachedDatabaseMaker(AttachedDatabaseOptions options, VaultCipher cipher)
{
    private const int PasswordLength = 32;
    private const string PasswordCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    internal void Record(
        Deployment deployment, IReadOnlyList<AttachedDatabaseKind>? asked, IDeploymentProvider provider, CommandContext context)
    {
        if (asked is null or []) return;
        if (!provider.Capabilities.AttachedDatabases) throw AttachedDatabaseErrors.NotSupported(provider.Id);
        foreach (var (kind, count) in asked.CountBy(kind => kind))
            if (count > 1) throw AttachedDatabaseErrors.Twice(kind);

        deployment.Services = [.. asked];
        foreach (var kind in asked) context.Db.Add(New(deployment, kind, context.Now));
    }

    private AttachedDatabase New(Deployment deployment, AttachedDatabaseKind kind, DateTimeOffset now)
    {
        var database = new AttachedDatabase
        {
            DeploymentId = deployment.Id,
            Kind = kind,
            Image = options.ImageOf(kind),
            CreatedAt = now,
        };
        var password = RandomNumberGenerator.GetString(PasswordCharacters, PasswordLength);
        (database.KeyId, database.Sealed) = cipher.Seal(database.Place, Encoding.UTF8.GetBytes(password));
        return database;
    }
}
