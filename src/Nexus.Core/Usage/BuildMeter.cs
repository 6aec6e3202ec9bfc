using System.Collections.Concurrent;
using Nexus.Core.Providers;

namespace Nexus.Core.Usage;

/// <summary>Counts builds and the time that they take, while they go on: what a process that is killed had built so far is counted too.</summary>
public sealed class BuildMeter(UsageBuffer buffer, UsageMetrics metrics, TimeProvider time)
{
    private readonly ConcurrentDictionary<RunningBuild, bool> _running = new();

    /// <summary>From a build's turn on; disposing what it returns ends its time.</summary>
    internal RunningBuild Begin(Guid organizationId)
    {
        var build = new RunningBuild(this, organizationId, time.GetUtcNow());
        _running[build] = true;
        return build;
    }

    /// <summary>Adds the time until now of all that are being built.</summary>
    internal void CountRunning()
    {
        foreach (var build in _running.Keys) build.CountTime();
    }

    /// <summary>One build, from its turn to its end.</summary>
    internal sealed class RunningBuild(BuildMeter meter, Guid organizationId, DateTimeOffset began) : IDisposable
    {
        private readonly Lock _gate = new();
        private DateTimeOffset _countedUntil = began;
        private bool _ended;

        /// <summary>Runs the builder: that is what counts as a build.</summary>
        public async Task<T> CountAsync<T>(Func<Task<T>> build)
        {
            Add(UsageMeasure.Builds);
            var outcome = "cancelled";
            try
            {
                var built = await build();
                outcome = "succeeded";
                return built;
            }
            catch (ProviderException)
            {
                outcome = "failed";
                Add(UsageMeasure.FailedBuilds);
                throw;
            }
            finally
            {
                meter.Metrics.Build(outcome);
            }
        }

        public void CountTime()
        {
            lock (_gate)
            {
                if (_ended) return;
                var now = meter.Now;
                foreach (var (day, span) in UsageDay.Split(_countedUntil, now)) Add(day, span);
                if (now > _countedUntil) _countedUntil = now;
            }
        }

        public void Dispose()
        {
            CountTime();
            lock (_gate) _ended = true;
            meter._running.TryRemove(this, out _);
        }

        private void Add(UsageMeasure measure) => meter.Buffer.Add(new(organizationId, UsageDay.Of(meter.Now), measure));

        private void Add(DateOnly day, TimeSpan span)
        {
            meter.Buffer.Add(new(organizationId, day, UsageMeasure.BuildTime), (long)span.TotalMilliseconds);
            meter.Metrics.BuildTime(span);
        }
    }

    private UsageBuffer Buffer => buffer;

    private UsageMetrics Metrics => metrics;

    private DateTimeOffset Now => time.GetUtcNow();
}
