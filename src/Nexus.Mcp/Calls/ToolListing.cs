using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Nexus.Mcp.Tools;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Calls;

/// <summary>
/// Lists the tools that the client wants to see, all on one page and in the contract's order. Scopes hide none: a client steps up
/// to a tool only if it knows of it.
/// </summary>
internal sealed class ToolListing(ToolCatalog catalog)
{
    private readonly Tool[] _whole = [.. catalog.Tools.Select(tool => tool.ProtocolTool)];

    public ValueTask<ListToolsResult> ListAsync(
        RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request.Params?.Cursor is not null)
            throw new McpProtocolException("Invalid params: params.cursor is not one that this list gave.", McpErrorCode.InvalidParams);
        return new(Of(request.Services!.GetRequiredService<Caller>().View));
    }

    public ListToolsResult Of(ToolView view) => new()
    {
        Tools = view == ToolView.Whole
            ? _whole
            : [.. catalog.Tools.Where(view.Shows).Select(tool => tool.ProtocolTool)],
    };
}
