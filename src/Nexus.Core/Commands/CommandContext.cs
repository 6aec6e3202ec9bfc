using Nexus.Core.Access;
using Nexus.Core.Storage;

namespace Nexus.Core.Commands;

/// <summary>What a command acts with: one transaction's context, the actor, and one point in time.</summary>
public sealed class CommandContext(NexusDbContext db, Actor actor, DateTimeOffset now)
{
    private readonly List<Action> _afterCommit = [];

    public NexusDbContext Db { get; } = db;

    public Actor Actor { get; } = actor;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The id of the thing acted upon, for the audit.</summary>
    public string? Target { get; set; }

    /// <summary>What the audit keeps instead of the arguments, where more is known once it is done.</summary>
    public object? Audited { get; set; }

    /// <summary>Whose project it is in. The result of a repeated request is told only to those who see that project still.</summary>
    public Guid? ProjectId { get; set; }

    /// <summary>Runs when the transaction is safe, e.g. to wake the reconciler. It must not fail.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal void Committed() => _afterCommit.ForEach(action => action());
}
