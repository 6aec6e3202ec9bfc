namespace Nexus.Core.Providers.Docker.Building;

/// <summary>Passes the builder's lines on and keeps the last, which say why it failed.</summary>
internal sealed class BuildTail(IProgress<string> output, int most) : IProgress<string>
{
    private readonly Queue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Report(string value)
    {
        output.Report(value);
        if (string.IsNullOrWhiteSpace(value)) return;
        if (_lines.Count == most) _lines.Dequeue();
        _lines.Enqueue(value);
    }
}
