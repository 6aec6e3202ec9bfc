using Nexus.Core;

namespace Nexus.Mcp.Calls;

/// <summary>A failure as JSON, of tools and of uploads alike.</summary>
internal sealed record ErrorBody(ErrorBody.Content Error)
{
    public static ErrorBody Of(string code, string message, string? hint) => new(new Content(code, message, hint));

    public static ErrorBody Of(NexusException failure) => new(new Content(
        failure.Code, failure.Message, failure.Hint, failure.Field, failure.Details.Count > 0 ? failure.Details : null));

    public static ErrorBody Internal(string correlationId) => Of("INTERNAL_ERROR", Correlation.Message(correlationId), Correlation.Hint);

    internal sealed record Content(
        string Code, string Message, string? Hint, string? Field = null, IReadOnlyList<object>? Details = null);
}
