using System.Runtime.CompilerServices;
using Nexus.Core.Databases.Fixes.Logs;
using Nexus.Core.Databases.Fixes.Models;
using Nexus.Core.Databases.Fixes.Rules;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Sources;

namespace Nexus.Core.Databases.Fixes;

/// <summary>Tries drafts one after another, the model's first, until one holds.</summary>
public sealed class FixDrafts(FixModel model, FixTrial trial, SqlParser parser)
{
    /// <exception cref="NexusException"><c>NO_FIX_FOUND</c>, <c>FIX_NOT_VERIFIED</c>: why none does.</exception>
    internal async Task<(FixDraft Draft, TriedFix Tried)> FirstAsync(
        DatabaseSource source, LogText log, FoundFix found, bool askModel, CancellationToken cancellationToken)
    {
        NexusException? ofModel = null, ofRules = null;
        await foreach (var (draft, isOfModel) in AllAsync(log, found, askModel, cancellationToken))
        {
            try
            {
                if (isOfModel) DraftWall.Check(parser, draft.Sql);
                return (draft, await trial.RunAsync(source, draft, found.Cure, cancellationToken));
            }
            catch (NexusException refusal) when (refusal.Code == FixErrors.NotVerifiedCode)
            {
                if (isOfModel) ofModel = refusal;
                else ofRules ??= refusal;
            }
        }

        throw found.Outcome.Reason is { } why ? FixErrors.NoFix(why, found.Outcome.Hint) : (ofRules ?? ofModel)!;
    }

    private async IAsyncEnumerable<(FixDraft Draft, bool IsOfModel)> AllAsync(
        LogText log, FoundFix found, bool askModel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (askModel && await model.DraftAsync(found.Context, log, found.Outcome, cancellationToken) is { } draft) yield return (draft, true);
        foreach (var one in found.Outcome.Drafts) yield return (one, false);
    }
}

/// <summary>An error, what the rules make of it, and how to tell that it is gone.</summary>
internal sealed record FoundFix(FixContext Context, FixOutcome Outcome, FixCure? Cure, bool IsGone)
{
    /// <summary>A model is asked only where the catalog can tell whether its draft is any good.</summary>
    public bool MayAskModel => Cure is not null && !IsGone;
}
