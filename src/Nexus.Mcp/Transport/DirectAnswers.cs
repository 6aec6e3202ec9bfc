using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Nexus.Mcp.Calls;
using Nexus.Mcp.Tools;

namespace Nexus.Mcp.Transport;

/// <summary>
/// Answers <see cref="PlainRequests"/> through the same filters and tools as the SDK's handler does, without the server and the event
/// stream that it makes for each of them. The answer is the same by either way.
/// </summary>
internal sealed class DirectAnswers : IAsyncDisposable
{
    private readonly ToolCatalog _catalog;
    private readonly ToolListing _listing;
    private readonly McpRequestHandler<CallToolRequestParams, CallToolResult> _call;
    private readonly McpServer _server;
    private readonly JsonNode _self;
    private readonly Lazy<ReadOnlyMemory<byte>> _wholeList;
    private readonly Lazy<ReadOnlyMemory<byte>> _wholeListToday;

    public DirectAnswers(ToolCatalog catalog, ToolCalls calls, ToolListing listing, IOptions<McpServerOptions> options)
    {
        (_catalog, _listing) = (catalog, listing);
        _call = calls.Guard(static (request, cancellationToken) => ((NexusTool)request.MatchedPrimitive!).InvokeAsync(request, cancellationToken));
        // A tool's context needs one; nothing is ever sent to it.
        _server = McpServer.Create(new StreamableHttpServerTransport { Stateless = true }, options.Value);
        _self = JsonSerializer.SerializeToNode(options.Value.ServerInfo, McpJsonUtilities.DefaultOptions)!;
        _wholeList = new(() => List(ToolView.Whole, today: false));
        _wholeListToday = new(() => List(ToolView.Whole, today: true));
    }

    /// <summary>False where the request is for the SDK's handler; nothing has happened then.</summary>
    public async ValueTask<bool> TryAnswerAsync(HttpContext context, IncomingMessage message, Caller caller)
    {
        if (!PlainRequests.Includes(context.Request, message)) return false;
        var today = ProtocolEra.HasPerRequestMetadata(context.Request);
        var result = message.ToolName is { } tool
            ? await CallAsync(tool, context, message, caller, today)
            : ListFor(message, caller.View, today);
        if (result is not { } json) return false;
        await JsonAnswer.WriteResultAsync(context.Response, message.Id, json, context.RequestAborted);
        return true;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async ValueTask<ReadOnlyMemory<byte>?> CallAsync(string name, HttpContext context, IncomingMessage message, Caller caller, bool today)
    {
        if (_catalog.Find(name) is not { } tool || !caller.View.Shows(tool) || Read<CallToolRequestParams>(message) is not { } parameters) return null;
        var request = new JsonRpcRequest { Method = message.Method };
        var result = await _call(
            new(_server, request, parameters) { MatchedPrimitive = tool, Services = context.RequestServices }, context.RequestAborted);
        if (today) Declare(result);
        return LegibleJson.Serialize(result);
    }

    private ReadOnlyMemory<byte>? ListFor(IncomingMessage message, ToolView view, bool today)
    {
        if (message.Params.ValueKind != JsonValueKind.Undefined && Read<ListToolsRequestParams>(message) is not { Cursor: null }) return null;
        if (view != ToolView.Whole) return List(view, today);
        return today ? _wholeListToday.Value : _wholeList.Value;
    }

    private ReadOnlyMemory<byte> List(ToolView view, bool today)
    {
        var result = _listing.Of(view);
        if (today)
        {
            // What the SDK says where nothing else is said: an answer may be kept by nobody.
            (result.TimeToLive, result.CacheScope) = (TimeSpan.Zero, CacheScope.Private);
            Declare(result);
        }

        return LegibleJson.Serialize(result);
    }

    /// <summary>What the revision without a handshake wants in each result.</summary>
    private void Declare(Result result)
    {
        result.ResultType ??= "complete";
        (result.Meta ??= [])[MetaKeys.ServerInfo] = _self.DeepClone();
    }

    private static T? Read<T>(IncomingMessage message)
        where T : class
    {
        try
        {
            return message.Params.Deserialize<T>(McpJsonUtilities.DefaultOptions);
        }
        catch (JsonException)
        {
            return null; // It is refused further on, with what is wrong.
        }
    }
}
