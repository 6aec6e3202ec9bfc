using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Nexus.Auth.Clients;

/// <summary>Makes client IDs, and secrets of 256 bits.</summary>
internal static class ClientSecrets
{
    public static string New() => RandomText(32);

    public static string NewClientId() => "c_" + RandomText(16);

    private static string RandomText(int bytes) => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(bytes));
}
