using System.Text;
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
    private const string Complete = "complete";

    private readonly ToolCatalog _catalog;
    private readonly ToolListing _listing;
    private readonly McpRequestHandler<CallToolRequestParams, CallToolResult> _call;
    private readonly McpServer _server;
    private readonly JsonNode _self;
    private readonly byte[] _declared;
    private readonly Lazy<ReadOnlyMemory<byte>> _wholeList;
    private readonly Lazy<ReadOnlyMemory<byte>> _wholeListToday;

    public DirectAnswers(ToolCatalog catalog, ToolCalls calls, ToolListing listing, IOptions<McpServerOptions> options)
    {
        (_catalog, _listing) = (catalog, listing);
        _call = calls.Guard(static (request, cancellationToken) => ((NexusTool)request.MatchedPrimitive!).CallAsync(request, cancellationToken));
        // A tool's context needs one; nothing is ever sent to it.
        _server = McpServer.Create(new StreamableHttpServerTransport { Stateless = true }, options.Value);
        _self = JsonSerializer.SerializeToNode(options.Value.ServerInfo, McpJsonUtilities.DefaultOptions)!;
        var declared = new JsonObject { ["resultType"] = Complete, ["_meta"] = new JsonObject { [MetaKeys.ServerInfo] = _self.DeepClone() } };
        _declared = [(byte)',', .. LegibleJson.Serialize(declared).Span[1..^1]];
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
        if (_catalog.Find(name) is not { } tool || !caller.View.Shows(tool) || ParametersOf(name, message) is not { } parameters) return null;
        var request = new JsonRpcRequest { Method = message.Method };
        var result = await _call(
            new(_server, request, parameters) { MatchedPrimitive = tool, Services = context.RequestServices }, context.RequestAborted);
        return result.IsError == true ? Write(result, today) : WriteSuccess(result, today);
    }

    /// <summary>Nearly always of ASCII alone, and then there is nothing to be shown that can't be seen.</summary>
    private ReadOnlyMemory<byte> WriteSuccess(CallToolResult result, bool today)
    {
        var json = NexusTool.TextOf(result);
        if (Ascii.IsValid(json)) return ToolAnswer.Write(json, today ? _declared : default);
        NexusTool.AddStructure(result);
        return Write(result, today);
    }

    private ReadOnlyMemory<byte> Write<T>(T result, bool today)
        where T : Result
    {
        if (today) Declare(result);
        return LegibleJson.Serialize(result);
    }

    private ReadOnlyMemory<byte>? ListFor(IncomingMessage message, ToolView view, bool today)
    {
        if (message.Params.ValueKind != JsonValueKind.Undefined && !AsksForTheFirstPage(message)) return null;
        if (view != ToolView.Whole) return List(view, today);
        return today ? _wholeListToday.Value : _wholeList.Value;
    }

    private ReadOnlyMemory<byte> List(ToolView view, bool today)
    {
        var result = _listing.Of(view);
        // What the SDK says where nothing else is said: an answer may be kept by nobody.
        if (today) (result.TimeToLive, result.CacheScope) = (TimeSpan.Zero, CacheScope.Private);
        return Write(result, today);
    }

    /// <summary>What the revision without a handshake wants in each result.</summary>
    private void Declare(Result result)
    {
        result.ResultType ??= Complete;
        (result.Meta ??= [])[MetaKeys.ServerInfo] = _self.DeepClone();
    }

    /// <summary>Null where there is more than a name and arguments, or something else than arguments.</summary>
    private static CallToolRequestParams? ParametersOf(string name, IncomingMessage message)
    {
        IDictionary<string, JsonElement>? arguments = null;
        foreach (var member in message.Params.EnumerateObject())
        {
            if (member.NameEquals("name"u8) || member.NameEquals("_meta"u8)) continue;
            if (!member.NameEquals("arguments"u8) || member.Value.ValueKind != JsonValueKind.Object) return null;
            arguments = member.Value.EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value);
        }

        return new() { Name = name, Arguments = arguments };
    }

    private static bool AsksForTheFirstPage(IncomingMessage message)
    {
        try
        {
            return message.Params.Deserialize<ListToolsRequestParams>(McpJsonUtilities.DefaultOptions) is { Cursor: null };
        }
        catch (JsonException)
        {
            return false; // It is refused further on, with what is wrong.
        }
    }
}
