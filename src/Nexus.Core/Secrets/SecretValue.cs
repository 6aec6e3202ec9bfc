using System.Text;

namespace Nexus.Core.Secrets;

/// <summary>The rule for values: text that an environment variable can hold, at most 64 KiB.</summary>
public static class SecretValue
{
    public const int MostBytes = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static byte[] Check(string value)
    {
        if (value.Length == 0) throw Invalid("The value is empty.");
        if (value.Contains('\0')) throw Invalid("The value contains a NUL character, which no environment variable can hold.");
        if (value.Length > MostBytes || Encode(value) is not { Length: <= MostBytes } bytes)
            throw Invalid($"The value is longer than {MostBytes / 1024} KiB.");
        return bytes;
    }

    internal static string Decode(byte[] value) => Utf8.GetString(value);

    private static byte[] Encode(string value)
    {
        try
        {
            return Utf8.GetBytes(value);
        }
        catch (EncoderFallbackException)
        {
            throw Invalid("The value has half a surrogate pair, so it is no text.");
        }
    }

    private static NexusException Invalid(string message) =>
        SecretErrors.Invalid("value", message, "Send text; encode binary values in base64.");
}
