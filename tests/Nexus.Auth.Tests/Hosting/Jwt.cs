using Microsoft.IdentityModel.JsonWebTokens;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>Reads tokens as any client can.</summary>
public static class Jwt
{
    public static JsonWebToken Of(string token) => new JsonWebTokenHandler().ReadJsonWebToken(token);
}
