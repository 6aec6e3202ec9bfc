namespace Nexus.Ingress;

/// <summary>How patient the ingress is, and whether it tells of itself.</summary>
public sealed record IngressOptions
{
    /// <summary>How soon a route change is seen that another node made; this node's own are seen at once.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A replica that does not accept a connection within this time counts as dead.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The same while another replica can be asked instead: one that died a moment ago must not hold a request up.</summary>
    public TimeSpan HurriedConnectTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// A request, stream or WebSocket over which not a byte has gone in either direction for this long is ended. Long enough for
    /// slow answers and quiet event streams; a stream that says something now and then may last for ever.
    /// </summary>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether the ingress takes part in traces: replicas get its own span as <c>traceparent</c>. Otherwise a client's goes through as it came,
    /// and none is made up: an application would believe that its request is part of a trace that nobody records.
    /// </summary>
    public bool JoinsTraces { get; init; }
}
