using Nexus.Core.Access;

namespace Nexus.Mcp.Transport;

/// <summary>Carries the actor from the endpoint to the tools, through the request's services.</summary>
internal sealed class RequestActor
{
    private Actor? _actor;

    public Actor Actor
    {
        get => _actor ?? throw new InvalidOperationException("No actor: the request has not passed the bearer gate.");
        set => _actor = value;
    }
}
