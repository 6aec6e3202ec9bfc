using Nexus.Core.Commands;
using Nexus.Core.Databases.Connections;
using Npgsql;

namespace Nexus.Core.Databases.Queries;

/// <summary>Commits, which nobody's hanging up interrupts; a connection that breaks in the middle of it leaves the outcome open.</summary>
internal static class Committing
{
    public static async Task CommitAsync(SourceSession session)
    {
        try
        {
            await session.CommitAsync(CancellationToken.None);
        }
        catch (PostgresException refusal)
        {
            throw ServerErrors.Of(refusal, session.Target);
        }
        catch (Exception exception) when (ConnectionErrors.IsOfConnection(exception))
        {
            throw new NexusException(
                OutsideDoor.OutcomeUnknown, "The connection broke while the change was being committed, so it may or may not be there.",
                "Look at the data before you repeat it.", "sourceId");
        }
    }
}
