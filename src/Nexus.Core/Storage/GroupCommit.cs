namespace Nexus.Core.Storage;

/// <summary>
/// Writes what comes at the same time in one transaction: the first that waits writes for all that do, and each returns once its own is
/// written. What can't be written together is written one by one, so that nobody fails for another's fault.
/// </summary>
/// <param name="write">Writes the items in one transaction; null, after undoing it, when they have to be written one by one.</param>
public sealed class GroupCommit<TItem, TResult>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>?>> write)
{
    private const int Most = 64;

    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private bool _isWriting;

    public async Task<TResult> WriteAsync(TItem item)
    {
        var mine = new Waiting(item);
        if (IsFirst(mine) || await mine.MustWrite.Task) await WriteAllAsync();
        return await mine.Result.Task;
    }

    private bool IsFirst(Waiting mine)
    {
        lock (_gate)
        {
            _waiting.Add(mine);
            if (_isWriting) return false;
            return _isWriting = true;
        }
    }

    private async Task WriteAllAsync()
    {
        var taken = Take();
        if (taken.Count == 1 || !await TryTogetherAsync(taken))
            foreach (var one in taken) await WriteAloneAsync(one);
        PassOn();
        foreach (var one in taken) one.MustWrite.TrySetResult(false);
    }

    private List<Waiting> Take()
    {
        lock (_gate)
        {
            var first = _waiting.GetRange(0, Math.Min(Most, _waiting.Count));
            _waiting.RemoveRange(0, first.Count);
            return first;
        }
    }

    private void PassOn()
    {
        Waiting? next;
        lock (_gate)
        {
            next = _waiting.FirstOrDefault();
            _isWriting = next is not null;
        }

        next?.MustWrite.SetResult(true);
    }

    private async Task<bool> TryTogetherAsync(List<Waiting> waiting)
    {
        try
        {
            if (await write([.. waiting.Select(one => one.Item)]) is not { } results) return false;
            for (var i = 0; i < waiting.Count; i++) waiting[i].Result.SetResult(results[i]);
            return true;
        }
        catch (Exception)
        {
            return false; // Whose fault it was shows when each is written alone.
        }
    }

    private async Task WriteAloneAsync(Waiting one)
    {
        try
        {
            one.Result.SetResult((await write([one.Item]))![0]);
        }
        catch (Exception failure)
        {
            one.Result.SetException(failure);
        }
    }

    private sealed class Waiting(TItem item)
    {
        public TItem Item => item;

        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether it has to write for all that wait, once another has written; false when its own is written.</summary>
        public TaskCompletionSource<bool> MustWrite { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
