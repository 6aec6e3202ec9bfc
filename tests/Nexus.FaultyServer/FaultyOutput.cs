namespace Nexus.FaultyServer;

/// <summary>What a builder says, with a point where a step of the Dockerfile has said that it runs: in the midst of a build.</summary>
internal sealed class FaultyOutput(IProgress<string> inner, Fault fault) : IProgress<string>
{
    public void Report(string value)
    {
        inner.Report(value);
        if (value.EndsWith("in the midst", StringComparison.Ordinal) && !value.Contains("echo", StringComparison.Ordinal)) fault.At("BuildImage during");
    }
}
