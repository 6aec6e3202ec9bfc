using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Nexus.Core.Databases.Fixes.Logs;
using Nexus.Core.Databases.Fixes.Rules;

namespace Nexus.Core.Databases.Fixes.Models;

/// <summary>Asks the model that the operator has set up for a draft. What it answers is tried like any other.</summary>
public sealed partial class FixModel(ExternalDatabaseOptions options, TimeProvider time, ILogger<FixModel> logger) : IDisposable
{
    private const int MostTokens = 1024;
    private readonly IChatClient? _client = options.Model is { } model ? ModelClients.Create(model) : null;

    /// <summary>Null where there is no model, where it can't be reached, and where it has nothing sensible to say.</summary>
    internal async Task<FixDraft?> DraftAsync(FixContext context, LogText log, FixOutcome rules, CancellationToken cancellationToken)
    {
        if (_client is null) return null;
        var name = options.Model!.Name;
        try
        {
            using var patience = new CancellationTokenSource(options.Model.Timeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            var answer = await _client.GetResponseAsync(
                [new(ChatRole.System, ModelQuestion.Instructions), new(ChatRole.User, ModelQuestion.Of(context, log, rules))],
                new() { MaxOutputTokens = MostTokens },
                both.Token);
            var draft = ModelAnswer.Read(answer.Text, name);
            if (draft is null) LogNoDraft(name);
            return draft;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The message may quote the request; the kind of failure says enough.
            LogUnavailable(name, exception.GetType().Name);
            return null;
        }
    }

    public void Dispose() => _client?.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model {Model} that drafts fixes could not be asked ({Failure}); the rules drafted instead")]
    private partial void LogUnavailable(string model, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The model {Model} drafted no fix; the rules drafted instead")]
    private partial void LogNoDraft(string model);
}
