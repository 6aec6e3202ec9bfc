using Nexus.Core.Access;

namespace Nexus.Core.Commands;

/// <summary>Who may, and what becomes of a refusal: the same at every door.</summary>
public sealed class CommandGate(CommandAudit audit)
{
    /// <summary>Lets in who may. Every refusal, here or behind, is in the audit before it is answered, also to one who hung up.</summary>
    internal async Task<TResult> PassAsync<TResult>(Actor actor, Command command, Func<Task<TResult>> act)
    {
        try
        {
            AccessPolicy.Authorize(actor, command.Operation);
            CommandRecords.CheckRequestId(command.Options.RequestId);
            return await act();
        }
        catch (NexusException refusal)
        {
            await audit.RecordRefusalAsync(actor, command, refusal);
            throw;
        }
    }
}
