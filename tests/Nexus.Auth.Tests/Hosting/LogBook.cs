using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>Keeps what is logged, for tests to search.</summary>
public sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    public string Text => string.Join(Environment.NewLine, _entries.Select(entry => entry.Text));

    public IEnumerable<string> Complaints => _entries.Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.Text);

    public ILogger CreateLogger(string categoryName) => new Logger(_entries);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel Level, string Text)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
    }
}
