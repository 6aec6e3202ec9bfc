using System.Collections.Concurrent;
using Nexus.Core.Access;

namespace Nexus.Mcp.Tests.Support;

/// <summary>Access tokens that the tests hand out themselves. Real ones are proved end to end, with the authorization server.</summary>
public sealed class KnownTokens : IAccessTokens
{
    private readonly ConcurrentDictionary<string, AccessGrant> _grants = new();

    /// <summary>Thrown instead of a verdict, to see what becomes of it.</summary>
    public Exception? Failure { get; set; }

    public string Issue(Guid userId, Guid organizationId, params string[] scopes)
    {
        var token = $"token-{Guid.NewGuid():N}";
        _grants[token] = new(
            userId, organizationId, "test-client", scopes.ToHashSet(), token, DateTimeOffset.UtcNow.AddHours(1));
        return token;
    }

    public ValueTask<AccessTokenVerdict> ValidateAsync(string token, CancellationToken cancellationToken) =>
        Failure is { } failure ? ValueTask.FromException<AccessTokenVerdict>(failure) : ValueTask.FromResult(_grants.TryGetValue(token, out var grant)
            ? AccessTokenVerdict.Valid(grant)
            : AccessTokenVerdict.Invalid("The token is not \"known\""));
}
