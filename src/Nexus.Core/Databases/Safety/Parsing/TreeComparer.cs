using System.Text.Json;

namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>Whether two texts parse to the same tree; where in the text its parts stand doesn't count.</summary>
internal static class TreeComparer
{
    public static bool Same(byte[] left, byte[] right)
    {
        var options = new JsonReaderOptions { MaxDepth = int.MaxValue };
        var one = new Utf8JsonReader(left, options);
        var other = new Utf8JsonReader(right, options);
        while (true)
        {
            var (more, moreOther) = (Next(ref one), Next(ref other));
            if (more != moreOther) return false;
            if (!more) return true;
            if (one.TokenType != other.TokenType || !one.ValueSpan.SequenceEqual(other.ValueSpan)) return false;
        }
    }

    private static bool Next(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !IsPlace(reader.ValueSpan)) return true;
            reader.Skip();
        }

        return false;
    }

    private static bool IsPlace(ReadOnlySpan<byte> field) =>
        field.EndsWith("location"u8) || field.SequenceEqual("stmt_len"u8) || field.SequenceEqual("location_start"u8);
}
