using System.Collections.Concurrent;

namespace Nexus.Core.Uploads;

/// <summary>Lets a server receive so many of an organisation's uploads at a time: until they are whole they are on its disk, and in no count.</summary>
internal sealed class UploadTurns(UploadOptions options)
{
    private readonly ConcurrentDictionary<Guid, int> _taken = new();

    /// <summary>Disposing what it returns gives the turn back.</summary>
    /// <exception cref="NexusException"><c>TOO_MANY_UPLOADS</c>.</exception>
    public IDisposable Take(Guid organizationId)
    {
        if (_taken.AddOrUpdate(organizationId, 1, (_, taken) => taken + 1) <= options.AtOnce) return new Turn(this, organizationId);
        GiveBack(organizationId);
        throw UploadErrors.Busy(options.AtOnce);
    }

    private void GiveBack(Guid organizationId)
    {
        var left = _taken.AddOrUpdate(organizationId, 0, (_, taken) => taken - 1);
        if (left == 0) _taken.TryRemove(KeyValuePair.Create(organizationId, 0));
    }

    private sealed class Turn(UploadTurns turns, Guid organizationId) : IDisposable
    {
        public void Dispose() => turns.GiveBack(organizationId);
    }
}
