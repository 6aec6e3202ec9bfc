using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nexus.Auth.TwoFactor;

/// <summary>Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, 30 seconds, six digits.</summary>
internal static class Totp
{
    public const int Digits = 6;
    private const int StepSeconds = 30;

    /// <summary>One step to either side, for clocks that differ and people who type slowly (RFC 6238 §5.2).</summary>
    private const int Tolerance = 1;

    public static string CodeAt(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // HMAC does not rest on what is broken about SHA-1, and apps know no other.
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var code = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFFFFFF; // RFC 4226 §5.3
        return (code % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The step that the code is of, around this time; null when it is of none.</summary>
    public static long? FindStep(ReadOnlySpan<byte> key, string code, DateTimeOffset time)
    {
        var sent = Encoding.UTF8.GetBytes(code);
        for (var step = StepAt(time) - Tolerance; step <= StepAt(time) + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(sent, Encoding.ASCII.GetBytes(CodeAt(key, step)))) return step;
        return null;
    }
}
