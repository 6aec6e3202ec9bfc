using System.Text.Json;
using Nexus.Core.Access;
using Nexus.Core.Audit;
using Nexus.Mcp.Tools;

namespace Nexus.Mcp.Calls;

/// <summary>
/// A call as the audit keeps it when it is refused before a command's own audit: who tried what, on which ids. Other arguments may be
/// anybody's secret.
/// </summary>
internal sealed record RefusedCall(NexusTool Tool, Actor Actor, IDictionary<string, JsonElement>? Arguments)
{
    private const int LongestId = 64;

    public AuditEntry With(string code) => AuditEntry.By(Actor, Tool.Operation) with
    {
        Outcome = code,
        Arguments = (Arguments ?? new Dictionary<string, JsonElement>())
            .Where(argument => argument.Key.EndsWith("Id", StringComparison.Ordinal) && argument.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(argument => argument.Key, argument => Shorten(argument.Value.GetString()!)),
    };

    private static string Shorten(string id) => id.Length <= LongestId ? id : id[..LongestId];
}
