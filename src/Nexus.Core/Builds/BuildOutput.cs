using Nexus.Core.Rollouts;

namespace Nexus.Core.Builds;

/// <summary>Hands each line of the builder to the log, and says beside the rollout's step that it goes on.</summary>
internal sealed class BuildOutput(BuildLogWriter log, ProgressNote progress) : IProgress<string>
{
    private int _lines;

    public void Report(string value)
    {
        log.Report(value);
        progress.Report($"Building: {Interlocked.Increment(ref _lines)} lines of log");
    }
}
