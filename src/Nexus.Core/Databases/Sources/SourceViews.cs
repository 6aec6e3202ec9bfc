using Nexus.Core.Commands;

namespace Nexus.Core.Databases.Sources;

/// <summary>A source as callers see it: everything but its password.</summary>
public sealed record SourceSummary(
    Guid Id, string Name, DatabaseEngine Engine, string Host, int Port, string DbName, string Username,
    DatabaseSslMode SslMode, DateTimeOffset CreatedAt)
{
    internal static SourceSummary Of(DatabaseSource source) => new(
        source.Id, source.Name, source.Engine, source.Host, source.Port, source.DatabaseName, source.Username,
        source.SslMode, source.CreatedAt);
}

/// <summary>What a command did to a source, or with a dry run would do.</summary>
/// <param name="Test">How the connection went; null where none was made.</param>
public sealed record SourceResult(SourceSummary Source, bool DryRun, IReadOnlyList<Change> Plan, SourceTest? Test = null);

/// <summary>How a connection to a source went.</summary>
/// <param name="LatencyMs">From the question to the answer of the simplest query.</param>
/// <param name="Tls">Whether the connection is encrypted.</param>
/// <param name="Warnings">What the role may do that it had better not, and how to make a better one.</param>
public sealed record SourceTest(double LatencyMs, string ServerVersion, bool Tls, IReadOnlyList<string> Warnings);
