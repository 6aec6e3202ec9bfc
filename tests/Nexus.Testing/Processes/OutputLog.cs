namespace Nexus.Testing;

/// <summary>The lines that a process has written so far, both streams in the order of their arrival.</summary>
public sealed class OutputLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _output = [];
    private readonly List<string> _error = [];
    private readonly List<string> _all = [];

    public IReadOnlyList<string> Output => Copy(_output);

    public IReadOnlyList<string> Error => Copy(_error);

    public IReadOnlyList<string> All => Copy(_all);

    public override string ToString() => string.Join(Environment.NewLine, All);

    /// <summary>Waits until a line fits and returns the first that does.</summary>
    public async Task<string> WaitForAsync(Func<string, bool> fits, string what, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        await Poll.UntilAsync(() => All.Any(fits), what, deadline, ToString, cancellation);
        return All.First(fits);
    }

    internal void AddOutput(string? line) => Add(_output, line);

    internal void AddError(string? line) => Add(_error, line);

    private void Add(List<string> stream, string? line)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            stream.Add(line);
            _all.Add(line);
        }
    }

    private string[] Copy(List<string> lines)
    {
        lock (_lock)
            return [.. lines];
    }
}
