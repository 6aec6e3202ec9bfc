using Microsoft.IdentityModel.JsonWebTokens;
using Nexus.Auth.Sessions;

namespace Nexus.Auth.AccessTokens;

/// <summary>The kinds of bearer that clients mix up.</summary>
internal enum BearerKind
{
    Unknown,
    AccessToken,
    FirstParty,
    AutomationToken,
}

/// <summary>Tells them apart by their looks, so that a refusal can name the kind that is wanted. Proves nothing.</summary>
internal static class BearerKinds
{
    private static readonly JsonWebTokenHandler Handler = new();

    public static BearerKind Of(string token)
    {
        if (token.StartsWith("nxk_", StringComparison.Ordinal)) return BearerKind.AutomationToken;
        if (!Handler.CanReadToken(token)) return BearerKind.Unknown;
        try
        {
            return Handler.ReadJsonWebToken(token).Typ switch
            {
                "at+jwt" => BearerKind.AccessToken,
                FirstPartyTokens.Type => BearerKind.FirstParty,
                _ => BearerKind.Unknown,
            };
        }
        catch (ArgumentException)
        {
            return BearerKind.Unknown; // Three parts that aren't JSON.
        }
    }
}
