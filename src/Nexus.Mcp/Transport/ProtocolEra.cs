using Microsoft.AspNetCore.Http;

namespace Nexus.Mcp.Transport;

/// <summary>Which of MCP's two eras a request is of. The later one has no handshake: each request declares its revision in a header.</summary>
internal static class ProtocolEra
{
    public const string Header = "MCP-Protocol-Version";

    /// <summary>The first revision without <c>initialize</c>.</summary>
    public const string PerRequestMetadata = "2026-07-28";

    public static bool HasPerRequestMetadata(HttpRequest request) =>
        string.CompareOrdinal(request.Headers[Header].ToString(), PerRequestMetadata) >= 0;
}
