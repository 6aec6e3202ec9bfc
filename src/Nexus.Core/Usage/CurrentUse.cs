using Nexus.Core.Providers;

namespace Nexus.Core.Usage;

/// <summary>Adds up what replicas use now. It takes a few seconds at most: providers that take longer are not waited for.</summary>
public sealed class CurrentUse(ProviderCatalog providers, TimeProvider time) : IDisposable
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Questions to providers, of all callers together. An engine looks at each replica for about a second.</summary>
    private const int AtOnce = 64;

    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);

    public void Dispose() => _turns.Dispose();

    internal async Task<MachineUse> ReadAsync(IReadOnlyList<(Guid Id, string Provider)> deployments, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // Whatever a provider makes of the token, nobody waits for it longer.
            return await SumAsync(deployments, ending.Token).WaitAsync(Limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new(null, null, $"The provider did not answer within {Limit.TotalSeconds:0} s.");
        }
        catch (ProviderException failure)
        {
            return new(null, null, failure.Message);
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private async Task<MachineUse> SumAsync(IReadOnlyList<(Guid Id, string Provider)> deployments, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(deployments.Select(one => ReadAsync(providers.Get(one.Provider), one.Id, cancellationToken)));
        var uses = read.SelectMany(replicas => replicas).OfType<ReplicaUsage>().ToList();
        return new(Math.Round(uses.Sum(use => use.Cpus), 3), uses.Sum(use => use.MemoryBytes));
    }

    private async Task<ReplicaUsage?[]> ReadAsync(IDeploymentProvider provider, Guid deploymentId, CancellationToken cancellationToken)
    {
        var replicas = await InTurnAsync(() => provider.ListReplicasAsync(deploymentId, cancellationToken), cancellationToken);
        return await Task.WhenAll(replicas
            .Where(replica => replica.State == ReplicaState.Running)
            .Select(replica => InTurnAsync(() => provider.ReadUsageAsync(replica.Id, cancellationToken), cancellationToken)));
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await ask();
        }
        finally
        {
            _turns.Release();
        }
    }
}

/// <summary>What all replicas use together: CPU in cores, memory in bytes; or why that isn't known.</summary>
public sealed record MachineUse(double? Cpus, long? MemoryBytes, string? UnknownBecause = null);
