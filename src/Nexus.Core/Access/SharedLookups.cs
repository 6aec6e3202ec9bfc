namespace Nexus.Core.Access;

/// <summary>
/// Answers all who wait for the same thing with one look-up, which begins after the last of them has asked: an answer is never
/// older than its question, and many questions cost little more than one.
/// </summary>
internal sealed class SharedLookups<TKey, TValue>(Func<TKey, Task<TValue>> look)
    where TKey : notnull
{
    private readonly Dictionary<TKey, TaskCompletionSource<TValue>> _waiting = [];

    /// <summary>Goes on to its end whoever gives up: it is for others too, and soon over.</summary>
    public Task<TValue> AskAsync(TKey key)
    {
        TaskCompletionSource<TValue> answer;
        lock (_waiting)
        {
            if (_waiting.TryGetValue(key, out var soon)) return soon.Task;
            answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(key, answer);
        }

        // Behind the requests that are in the queue already, so that they can join.
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Lookups.LookAsync(state.Key, state.Answer), (Lookups: this, Key: key, Answer: answer), preferLocal: false);
        return answer.Task;
    }

    private async Task LookAsync(TKey key, TaskCompletionSource<TValue> answer)
    {
        lock (_waiting) _waiting.Remove(key);
        try
        {
            answer.SetResult(await look(key));
        }
        catch (Exception failure)
        {
            answer.SetException(failure);
        }
    }
}
