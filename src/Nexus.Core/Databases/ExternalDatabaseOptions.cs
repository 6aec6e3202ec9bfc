using Nexus.Core.Databases.Fixes.Models;

namespace Nexus.Core.Databases;

/// <summary>How far the server goes with the databases that organisations register.</summary>
public sealed record ExternalDatabaseOptions
{
    /// <summary>Hosts, addresses or networks that may be reached although they aren't public, e.g. a database of the intranet.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>A PEM file of certificate authorities that are trusted besides the system's; null for none.</summary>
    public string? AuthoritiesFile { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The model that drafts fixes; null for the rules alone.</summary>
    public FixModelOptions? Model { get; init; }

    /// <summary>How many queries one source answers at a time; the next ones wait a little, then are refused.</summary>
    public int QueriesPerSource { get; init; } = 4;
}
