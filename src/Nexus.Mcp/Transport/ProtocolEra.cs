using Microsoft.AspNetCore.Http;

namespace Nexus.Mcp.Transport;

/// <summary>Which of MCP's two eras a request is of. The later one has no handshake: each request declares its revision in a header.</summary>
internal static class ProtocolEra
{
    public const string Header = "MCP-Protocol-Version";

    /// <summary>The first revision without <c>initialize</c>.</summary>
    public const string PerRequestMetadata = "2026-07-28";

    public const string NewestWithHandshake = "2025-11-25";

    /// <summary>The revisions before it.</summary>
    public static IReadOnlyList<string> WithHandshake { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", NewestWithHandshake];

    public static bool HasPerRequestMetadata(HttpRequest request) =>
        string.CompareOrdinal(request.Headers[Header].ToString(), PerRequestMetadata) >= 0;

    /// <summary>Whether that era has left the method behind: MCP 2026-07-28, SEP-2575.</summary>
    public static bool LeftBehind(string method) =>
        method is "initialize" or "ping" or "logging/setLevel" or "resources/subscribe" or "resources/unsubscribe";
}
