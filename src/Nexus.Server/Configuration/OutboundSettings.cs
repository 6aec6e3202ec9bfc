using Nexus.Core.Databases;
using Nexus.Core.Networking;

namespace Nexus.Server.Configuration;

/// <summary>Reads where the server may go for others, and whom it trusts there.</summary>
internal static class OutboundSettings
{
    private const string AuthoritiesFile = "Nexus:Outbound:AuthoritiesFile";

    public static OutboundOptions Read(SettingValues values)
    {
        var file = values.Text(AuthoritiesFile);
        if (file is not null && !OutboundOptions.IsAuthoritiesFile(file))
            values.Complain(AuthoritiesFile, "is not a file of certificates.", "Give the path of a PEM file.");
        return new() { AllowedHosts = values.List("Nexus:Outbound:AllowedHosts"), AuthoritiesFile = file };
    }

    public static ExternalDatabaseOptions ReadDatabases(SettingValues values)
    {
        var defaults = new ExternalDatabaseOptions();
        return defaults with
        {
            AllowedHosts = values.List("Nexus:Databases:AllowedHosts"),
            AuthoritiesFile = values.Text(AuthoritiesFile),
            StatementTimeout = values.Number("Nexus:Databases:StatementTimeoutSeconds", 1, 600) is { } seconds
                ? TimeSpan.FromSeconds(seconds) : defaults.StatementTimeout,
            QueriesPerSource = values.Number("Nexus:Databases:QueriesPerSource", 1, 100) ?? defaults.QueriesPerSource,
            Model = ModelSettings.Read(values),
        };
    }
}
