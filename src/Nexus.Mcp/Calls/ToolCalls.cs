using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Audit;
using Nexus.Core.Plans;
using Nexus.Core.Usage;
using Nexus.Mcp.Tools;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Calls;

/// <summary>What stands around every tool call: is there such a tool, may it be called, do its arguments fit, and what if it fails.</summary>
internal sealed partial class ToolCalls(
    ToolCatalog catalog, Challenges challenges, AuditLog audit, ToolCallMeter meter, CallQuota quota, ILogger<ToolCalls> logger)
{
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Guard(
        McpRequestHandler<CallToolRequestParams, CallToolResult> call) => async (request, cancellationToken) =>
    {
        var caller = request.Services!.GetRequiredService<Caller>();
        if (request.MatchedPrimitive is not NexusTool tool || !caller.View.Shows(tool))
            throw UnknownTool(request.Params.Name, caller.View);
        try
        {
            if (await quota.TakeAsync(caller.Actor, tool.Operation, cancellationToken) is { } over)
                return await RefuseAsync(over, tool, caller.Actor, cancellationToken);
            return await CountedAsync(tool, caller.Actor, request, call, cancellationToken);
        }
        catch (Exception exception) when (!IsProtocol(exception) && !cancellationToken.IsCancellationRequested)
        {
            var correlation = Correlation.NewId();
            LogFailure(logger, tool.ProtocolTool.Name, correlation, exception);
            return ToolErrors.Internal(correlation);
        }
    };

    /// <summary>Of the refusals the audit keeps the day's first: a program in a loop would fill it.</summary>
    private async ValueTask<CallToolResult> RefuseAsync(CallRefusal over, NexusTool tool, Actor actor, CancellationToken cancellationToken)
    {
        meter.CountRefused(tool.ProtocolTool.Name);
        if (over.IsFirst) await audit.WriteAsync(new RefusedCall(tool, actor, null).With(over.Error.Code), cancellationToken);
        return ToolErrors.Shape(over.Error);
    }

    private async ValueTask<CallToolResult> CountedAsync(
        NexusTool tool, Actor actor, RequestContext<CallToolRequestParams> request,
        McpRequestHandler<CallToolRequestParams, CallToolResult> call, CancellationToken cancellationToken)
    {
        var failed = true;
        try
        {
            var result = await CheckAndCallAsync(tool, actor, request, call, cancellationToken);
            failed = result.IsError == true;
            return result;
        }
        finally
        {
            meter.Count(actor, tool.ProtocolTool.Name, failed);
        }
    }

    private async ValueTask<CallToolResult> CheckAndCallAsync(
        NexusTool tool, Actor actor, RequestContext<CallToolRequestParams> request,
        McpRequestHandler<CallToolRequestParams, CallToolResult> call, CancellationToken cancellationToken)
    {
        var arguments = request.Params.Arguments;
        if (MissingScope(tool, actor) is { } missing)
        {
            await audit.WriteAsync(new RefusedCall(tool, actor, arguments).With(AccessErrors.MissingScopeCode), cancellationToken);
            return missing;
        }

        if (tool.Arguments.Problem(arguments) is { } problem) return ToolErrors.Shape(problem);

        request.Params.Arguments = ArgumentRules.WithoutNulls(arguments);
        try
        {
            return await call(request, cancellationToken);
        }
        catch (NexusException refusal)
        {
            if (!refusal.IsAudited) await audit.WriteAsync(new RefusedCall(tool, actor, arguments).With(refusal.Code), cancellationToken);
            return Shape(refusal);
        }
    }

    private CallToolResult? MissingScope(NexusTool tool, Actor actor)
    {
        if (tool.Scope is not { } scope || actor.Scopes.Contains(scope)) return null;
        return Shape(AccessErrors.MissingScope(scope));
    }

    /// <summary>A scope may be found missing in the middle of a call: a query that turns out to write wants another than one that reads.</summary>
    private CallToolResult Shape(NexusException refusal)
    {
        var result = ToolErrors.Shape(refusal);
        if (refusal.Data[AccessErrors.ScopeKey] is string scope)
            result.Meta = new() { ["mcp/www_authenticate"] = new JsonArray(challenges.InsufficientScope(scope)) };
        return result;
    }

    private McpProtocolException UnknownTool(string name, ToolView view)
    {
        var known = catalog.Tools.Where(view.Shows).Select(tool => tool.ProtocolTool.Name);
        var hint = Nearest.To(name, known) is { } nearest ? $"Did you mean {nearest}?" : "List the tools to see their names.";
        return new($"Unknown tool: {name}", McpErrorCode.InvalidParams) { Data = { ["hint"] = hint } };
    }

    // These are how a tool speaks to the SDK, e.g. to ask the client for more input.
    private static bool IsProtocol(Exception exception) => exception is McpException or InputRequiredException;

    [LoggerMessage(LogLevel.Error, "Tool {Tool} failed unexpectedly; the caller was given the correlation id {CorrelationId}.")]
    private static partial void LogFailure(ILogger logger, string tool, string correlationId, Exception exception);
}
