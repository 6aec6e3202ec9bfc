namespace Nexus.Core.Databases.Fixes.Models;

/// <summary>The language model that drafts fixes, where the operator has set one up.</summary>
public sealed record FixModelOptions
{
    public required ModelProtocol Protocol { get; init; }

    /// <summary>The model's name, as its provider calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Where the API is; null for the provider's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Null for a server that asks for none.</summary>
    public string? Key { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    // A record prints its members; this one must not.
    public override string ToString() => $"{Protocol} {Name}";
}

/// <summary>The API that a model is spoken to by.</summary>
public enum ModelProtocol
{
    /// <summary>OpenAI's chat completions, which many others speak too.</summary>
    OpenAi,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,
}
