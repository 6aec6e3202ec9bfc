using System.Security.Cryptography;
using System.Text;
using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes;

/// <summary>Tells whether what a proposal concerns is still as it was.</summary>
internal static class FixFingerprint
{
    /// <param name="tables">As the statement writes them; one that isn't there counts as such.</param>
    /// <param name="probed">What the proposal's own query gave.</param>
    public static string Of(SchemaGraph graph, IReadOnlyList<string> tables, string? probed)
    {
        var parts = tables.Select(name => graph.Find(name) is { } table ? SchemaText.Structure(table) : $"{name} (none)").Append(probed ?? "");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }
}
