using System.Diagnostics;

namespace Nexus.Mcp;

/// <summary>Ties what a caller is told of an unexpected failure to what the log tells of it.</summary>
internal static class Correlation
{
    public const string Hint = "Try again; if it stays, give the operator the correlation id, which is in the server's log.";

    /// <summary>The id of the request's trace, where there is one.</summary>
    public static string NewId() => Activity.Current?.TraceId.ToString() ?? Guid.CreateVersion7().ToString("N");

    public static string Message(string id) => $"Something went wrong inside the server. Correlation id: {id}";
}
