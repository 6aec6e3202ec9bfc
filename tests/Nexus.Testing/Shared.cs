namespace Nexus.Testing;

/// <summary>Something that can be started for tests.</summary>
public interface IStartable<TSelf> : IAsyncDisposable where TSelf : IStartable<TSelf>
{
    static abstract Task<TSelf> StartAsync(CancellationToken cancellation);
}

/// <summary>
/// A fixture that one test assembly shares and that starts when the first test asks for it:
/// <c>[assembly: AssemblyFixture(typeof(Shared&lt;DockerEngine&gt;))]</c>.
/// </summary>
public sealed class Shared<T> : IAsyncDisposable where T : IStartable<T>
{
    private readonly Lazy<Task<T>> _started = new(() => Task.Run(() => T.StartAsync(CancellationToken.None)));

    public Task<T> GetAsync() => _started.Value;

    public async ValueTask DisposeAsync()
    {
        if (_started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await _started.Value).DisposeAsync();
    }
}
