using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;

namespace Nexus.Ingress.Forwarding;

/// <summary>Counts and times requests by deployment, under the meter <c>Nexus.Ingress</c>.</summary>
internal sealed class IngressMetrics
{
    public const string MeterName = "Nexus.Ingress";
    private const string Deployment = "nexus.deployment.id";

    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _duration;
    private readonly TimeProvider _time;

    public IngressMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(MeterName);
        _time = time;
        _active = meter.CreateUpDownCounter<long>(
            "nexus.ingress.active_requests", "{request}", "Requests on their way to or from a replica.");
        _duration = meter.CreateHistogram<double>(
            "nexus.ingress.request.duration", "s", "Time from the request's arrival to the answer's end; its count is the requests.");
    }

    /// <summary>Begins to measure, if anybody listens; disposing what it returns ends it.</summary>
    public Measurement Begin(HttpContext context, Guid deploymentId)
    {
        if (!_active.Enabled && !_duration.Enabled) return default;
        _active.Add(1, new KeyValuePair<string, object?>(Deployment, deploymentId));
        return new Measurement(this, context, deploymentId, _time.GetTimestamp());
    }

    private void End(HttpContext context, Guid deploymentId, long started)
    {
        var deployment = new KeyValuePair<string, object?>(Deployment, deploymentId);
        _active.Add(-1, deployment);
        _duration.Record(_time.GetElapsedTime(started).TotalSeconds, new TagList
        {
            deployment,
            { "http.response.status_code", context.Response.StatusCode },
        });
    }

    /// <summary>One request's time.</summary>
    public readonly struct Measurement(IngressMetrics? metrics, HttpContext context, Guid deploymentId, long started) : IDisposable
    {
        public void Dispose() => metrics?.End(context, deploymentId, started);
    }
}
