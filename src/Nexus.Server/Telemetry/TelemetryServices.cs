using System.Runtime.CompilerServices;
using Nexus.Server.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Nexus.Server.Telemetry;

/// <summary>Logs to the console; traces and metrics by OTLP where they are wanted.</summary>
internal static class TelemetryServices
{
    private const string MessageWriter = "ModelContextProtocol";

    public static void AddNexusTelemetry(this WebApplicationBuilder builder, ServerSettings settings)
    {
        AddLogs(builder.Logging, settings.JsonLogs);
        if (settings.Telemetry) AddExport(builder.Services);
        // While its log may speak, the host makes an activity for each request. Nobody would read it.
        else builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }

    // By itself, so that OpenTelemetry isn't loaded where nobody asks for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddExport(IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("nexus"))
        .WithTracing(tracing => tracing
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddSource("Nexus.*")
            .AddOtlpExporter())
        .WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddMeter("Nexus.*")
            .AddOtlpExporter());

    /// <summary>At its finest levels the SDK writes whole messages, with the secrets that are in them; no setting turns that on.</summary>
    private static void ForbidWholeMessages(LoggerFilterOptions filters)
    {
        var loud = filters.Rules.Where(rule =>
            rule.CategoryName?.StartsWith(MessageWriter, StringComparison.OrdinalIgnoreCase) == true && rule.LogLevel < LogLevel.Information);
        foreach (var rule in loud.ToList()) filters.Rules.Remove(rule);
    }

    private static void AddLogs(ILoggingBuilder logging, bool json)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A lost race is an error to EF Core and a retry to us; what is none of ours is thrown, and logged where it is caught.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("OpenIddict", LogLevel.Warning);
        logging.AddFilter(MessageWriter, LogLevel.Warning);
        logging.Services.PostConfigure<LoggerFilterOptions>(ForbidWholeMessages);
        logging.AddFilter("Yarp", LogLevel.Warning);
        if (json) logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
    }
}
