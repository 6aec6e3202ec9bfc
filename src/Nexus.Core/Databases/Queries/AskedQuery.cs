using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nexus.Core.Access;
using Nexus.Core.Commands;

namespace Nexus.Core.Databases.Queries;

/// <summary>A statement that somebody wants to run on a source.</summary>
/// <param name="MaxRows">The most rows to return; null for 1,000.</param>
public sealed record AskedQuery(
    Guid SourceId, string Sql, IReadOnlyList<JsonElement>? Parameters = null, bool Confirmed = false, int? MaxRows = null)
{
    internal IReadOnlyList<JsonElement> Values => Parameters ?? [];

    internal int CheckedMaxRows => MaxRows is null or (>= 1 and <= QueryLimits.MostRows)
        ? MaxRows ?? QueryLimits.DefaultRows
        : throw new NexusException(
            "INVALID_ARGUMENTS", $"maxRows is {MaxRows}; 1 to {QueryLimits.MostRows} are allowed.", "Leave it out for 1,000.", "maxRows");

    /// <summary>The audit keeps the statement's digest: it may hold anything, and says enough to whoever has the statement.</summary>
    internal Command Command(Operation operation, CommandOptions options, Func<string, string> digest)
    {
        var audited = new { SourceId, sqlSha256 = Sha256(Sql), parameters = Values.Count, Confirmed };
        return new(operation, new { audited, MaxRows, values = digest(JsonSerializer.Serialize(Values)) }, options) { AuditedArguments = audited };
    }

    internal static string Sha256(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
}
