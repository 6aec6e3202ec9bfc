using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Deployments;

namespace Nexus.Mcp.Tools;

/// <summary>How arguments and results are written: camel case, no nulls, enum values as in the contract, nothing escaped without need.</summary>
internal static class ToolJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(McpJsonUtilities.DefaultOptions)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        // Before the SDK's own converter for enums, as the first that fits is taken.
        options.Converters.Insert(0, new JsonStringEnumConverter<HealthCheckType>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Insert(1, new JsonStringEnumConverter<LogType>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Insert(2, new JsonStringEnumConverter<AttachedDatabaseKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Insert(3, new JsonStringEnumConverter<DatabaseSslMode>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Insert(4, new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }
}
