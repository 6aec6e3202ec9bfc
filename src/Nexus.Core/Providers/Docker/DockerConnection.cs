using Docker.DotNet.Models;
using Version = System.Version;

namespace Nexus.Core.Providers.Docker;

/// <summary>Finds the engine, agrees on an API version with it, and says why where it can't be used.</summary>
internal sealed class DockerConnection(DockerOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Docker Engine 20.10, the oldest that is supported.</summary>
    private static readonly Version OldestApi = new(1, 41);

    /// <summary>The newest that was looked at. Engines refuse versions newer than theirs and, from 29 on, ones older than 1.44.</summary>
    private static readonly Version NewestApi = new(1, 52);

    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CheckLifetime = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private ConnectedEngine? _engine;
    private CheckResult? _lastCheck;

    /// <summary>Calls the engine; whatever goes wrong comes out as <see cref="ProviderException"/>.</summary>
    public async Task<T> CallAsync<T>(Func<ConnectedEngine, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(_engine ?? await ConnectAsync(cancellationToken));
        }
        catch (Exception failure) when (DockerErrors.Translate(failure, options.Host, cancellationToken) is { } translated)
        {
            // The engine that comes back may be another version.
            if (translated.Code == DockerErrors.Unavailable) _engine = null;
            throw translated;
        }
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(Func<ConnectedEngine, Task> call, CancellationToken cancellationToken) =>
        CallAsync<object?>(
            async engine =>
            {
                await call(engine);
                return null;
            },
            cancellationToken);

    /// <summary>Asks the engine, at most once in five seconds.</summary>
    public async Task<ProviderAvailability> CheckAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_lastCheck is { } last && time.GetElapsedTime(last.At) < CheckLifetime) return last.Availability;
            var availability = await AskAsync(cancellationToken);
            _lastCheck = new CheckResult(availability, time.GetTimestamp());
            return availability;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose()
    {
        _engine?.Client.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task<ConnectedEngine> ConnectAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return _engine ??= await NegotiateAsync(cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<ProviderAvailability> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            _engine = await NegotiateAsync(cancellationToken);
            return ProviderAvailability.Yes(_engine.Version);
        }
        catch (Exception failure) when (DockerErrors.Translate(failure, options.Host, cancellationToken) is { } translated)
        {
            _engine = null;
            return ProviderAvailability.No(translated.Message);
        }
    }

    /// <summary>Keeps the present engine where nothing has changed.</summary>
    private async Task<ConnectedEngine> NegotiateAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(CheckTimeout);
        using var anyVersion = DockerEndpoint.Connect(options.Host, apiVersion: null);
        var version = await anyVersion.System.GetVersionAsync(timeout.Token);
        var api = Agree(version);
        if (_engine is { } known && known.Version == version.Version && known.ApiVersion == api) return known;

        var client = DockerEndpoint.Connect(options.Host, api);
        var info = await client.System.GetSystemInfoAsync(timeout.Token);
        return new ConnectedEngine(client, version.Version, api, info.NCPU, IsPublished(info));
    }

    private static Version Agree(VersionResponse engine)
    {
        var newest = Version.Parse(engine.APIVersion);
        var oldest = engine.MinAPIVersion is { Length: > 0 } minimum ? Version.Parse(minimum) : OldestApi;
        if (newest < OldestApi)
            throw new NotSupportedException(
                $"Docker Engine {engine.Version} is too old. Install version 20.10 or later.");
        if (oldest > NewestApi)
            throw new NotSupportedException(
                $"Docker Engine {engine.Version} no longer speaks API version {NewestApi}. Install a newer Nexus.");
        return newest < NewestApi ? newest : NewestApi;
    }

    private bool IsPublished(SystemInfoResponse info) => options.Reach switch
    {
        DockerReach.Bridge => false,
        DockerReach.Published => true,
        _ => !OperatingSystem.IsLinux()
            || !DockerEndpoint.IsUnixSocket(options.Host)
            || info.OperatingSystem.Contains("Docker Desktop", StringComparison.OrdinalIgnoreCase)
            || info.SecurityOptions?.Any(option => option.Contains("rootless", StringComparison.Ordinal)) == true,
    };

    private sealed record CheckResult(ProviderAvailability Availability, long At);
}
