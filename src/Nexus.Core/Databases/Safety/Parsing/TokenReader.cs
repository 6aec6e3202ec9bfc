namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>
/// Reads the scanner's answer: <c>ScanResult { tokens = 2 }</c>, <c>ScanToken { start = 1; end = 2 }</c>. Its numbers of the single
/// tokens change from version to version, so the text decides what a token is.
/// </summary>
internal static class TokenReader
{
    private const int Varint = 0;
    private const int Delimited = 2;

    public static List<SqlToken> Read(ReadOnlySpan<byte> message)
    {
        var tokens = new List<SqlToken>();
        while (message.Length > 0)
        {
            var (field, wire) = Tag(ref message);
            if (wire == Varint)
            {
                Number(ref message);
                continue;
            }

            if (wire != Delimited) throw new InvalidDataException("The SQL scanner answered in a form that is not known.");
            var length = (int)Number(ref message);
            if (field == 2) tokens.Add(Token(message[..length]));
            message = message[length..];
        }

        return tokens;
    }

    private static SqlToken Token(ReadOnlySpan<byte> message)
    {
        var (start, end) = (0, 0);
        while (message.Length > 0)
        {
            var (field, wire) = Tag(ref message);
            if (wire != Varint) throw new InvalidDataException("The SQL scanner answered in a form that is not known.");
            var number = (int)Number(ref message);
            if (field == 1) start = number;
            if (field == 2) end = number;
        }

        return new(start, end);
    }

    private static (int Field, int Wire) Tag(ref ReadOnlySpan<byte> message)
    {
        var tag = (int)Number(ref message);
        return (tag >> 3, tag & 7);
    }

    private static ulong Number(ref ReadOnlySpan<byte> message)
    {
        ulong number = 0;
        for (var index = 0; ; index++)
        {
            number |= (ulong)(message[index] & 0x7F) << (7 * index);
            if (message[index] < 0x80)
            {
                message = message[(index + 1)..];
                return number;
            }
        }
    }
}
