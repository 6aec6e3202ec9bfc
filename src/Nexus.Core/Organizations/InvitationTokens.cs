using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Nexus.Core.Organizations;

/// <summary>The secret part of an invitation's link: 256 random bits, kept only as a hash.</summary>
internal static class InvitationTokens
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
