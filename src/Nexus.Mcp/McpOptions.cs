namespace Nexus.Mcp;

/// <summary>What an operator may set of the MCP endpoint.</summary>
public sealed record McpOptions
{
    /// <summary>
    /// Origins of web pages that may call the endpoint, beside the server's own; <c>*</c> stands for all.
    /// A server at a loopback address also lets pages from loopback addresses in.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Host names, without port, that the endpoint answers to, beside those of its own addresses; <c>*</c> stands for all.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>The most requests in a minute that one person may make through one client; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>What <c>resource_documentation</c> points at; null for <c>/docs</c> on the server's own origin.</summary>
    public string? DocumentationUrl { get; init; }
}
