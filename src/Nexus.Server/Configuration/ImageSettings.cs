using Nexus.Core;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Providers;
using Nexus.Core.Sources;

namespace Nexus.Server.Configuration;

/// <summary>Reads which images may run, and those of databases beside deployments.</summary>
internal static class ImageSettings
{
    public static ImageOptions Read(SettingValues values)
    {
        var defaults = new ImageOptions();
        var options = defaults with
        {
            Pull = values.OneOf<PullPolicy>("Nexus:Images:Pull") ?? defaults.Pull,
            KeepRevisions = values.Number("Nexus:Images:KeepRevisions", 1, 1000) ?? defaults.KeepRevisions,
            AllowedPrefixes = values.List("Nexus:Images:AllowedPrefixes"),
        };
        try
        {
            _ = new ImagePolicy(options);
        }
        catch (FormatException)
        {
            values.Complain(
                "Nexus:Images:AllowedPrefixes", "contains what is no image prefix.", "Write ghcr.io/acme/ or ghcr.io/acme/web: or *");
        }

        return options;
    }

    public static AttachedDatabaseOptions ReadAttachedDatabases(SettingValues values)
    {
        var defaults = new AttachedDatabaseOptions();
        return new()
        {
            Mysql = Image(values, "Nexus:AttachedDatabases:Mysql") ?? defaults.Mysql,
            Postgresql = Image(values, "Nexus:AttachedDatabases:Postgresql") ?? defaults.Postgresql,
            Mongodb = Image(values, "Nexus:AttachedDatabases:Mongodb") ?? defaults.Mongodb,
            Redis = Image(values, "Nexus:AttachedDatabases:Redis") ?? defaults.Redis,
        };
    }

    private static string? Image(SettingValues values, string setting)
    {
        if (values.Text(setting) is not { } text) return null;
        try
        {
            return ImageReference.Parse(text).ToString();
        }
        catch (NexusException)
        {
            values.Complain(setting, "is not an image with a tag or digest.", "Write it like postgres:17 or registry.example.com/postgres:17.");
            return null;
        }
    }
}
