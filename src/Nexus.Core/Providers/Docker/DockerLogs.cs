using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Nexus.Core.Providers.Docker;

/// <summary>Reads what a replica wrote, both streams merged by time.</summary>
internal sealed class DockerLogs(DockerConnection connection)
{
    private const int BufferSize = 32 * 1024;

    /// <summary>The newest lines; none for a replica that is gone.</summary>
    public Task<IReadOnlyList<LogLine>> ReadAsync(string replicaId, LogRange range, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<LogLine>>(
            async engine =>
            {
                try
                {
                    using var output = await engine.Client.Containers.GetContainerLogsAsync(
                        replicaId, ParametersFor(range), cancellationToken);
                    return await ReadAsync(output, range, cancellationToken);
                }
                catch (DockerContainerNotFoundException)
                {
                    return [];
                }
            },
            cancellationToken);

    private static async Task<IReadOnlyList<LogLine>> ReadAsync(
        MultiplexedStream output, LogRange range, CancellationToken cancellationToken)
    {
        var standard = new LogLines("stdout");
        var error = new LogLines("stderr");
        var buffer = new byte[BufferSize];
        while (await output.ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken) is { EOF: false } read)
        {
            var lines = read.Target == MultiplexedStream.TargetStream.StandardError ? error : standard;
            lines.Add(buffer.AsSpan(0, read.Count));
        }

        return [.. standard.Complete().Concat(error.Complete()).OrderBy(line => line.At).TakeLast(range.Lines)];
    }

    private static ContainerLogsParameters ParametersFor(LogRange range) => new()
    {
        ShowStdout = true,
        ShowStderr = true,
        Timestamps = true,
        Tail = range.Lines.ToString(CultureInfo.InvariantCulture),
        Since = range.Since is { } since ? UnixTime(since) : null,
    };

    /// <summary>Seconds with the fraction, the engine's form for a point in time.</summary>
    private static string UnixTime(DateTimeOffset time) =>
        ((decimal)(time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond).ToString("0.000000000", CultureInfo.InvariantCulture);
}
