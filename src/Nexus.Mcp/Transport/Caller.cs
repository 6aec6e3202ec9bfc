using Nexus.Core.Access;
using Nexus.Mcp.Tools;

namespace Nexus.Mcp.Transport;

/// <summary>Carries who asks, and which tools they want to see, from the endpoint to the tools: through the request's services.</summary>
internal sealed class Caller
{
    private Actor? _actor;

    public Actor Actor
    {
        get => _actor ?? throw new InvalidOperationException("No actor: the request has not passed the bearer gate.");
        set => _actor = value;
    }

    public ToolView View { get; set; } = ToolView.Whole;
}
