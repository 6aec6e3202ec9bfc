using System.Text;
using System.Text.Json;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>The JSON form of RUN, CMD, ENTRYPOINT, SHELL, COPY, ADD and VOLUME.</summary>
internal static class ExecForm
{
    /// <summary>The words, or null where the text is the shell form.</summary>
    public static IReadOnlyList<string>? TryRead(string text, int line)
    {
        if (!text.StartsWith('[')) return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: true, state: default);
        try
        {
            return Read(ref reader, bytes, line);
        }
        // Both are how the reader says "no JSON", the latter of a lone surrogate.
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static List<string> Read(ref Utf8JsonReader reader, byte[] bytes, int line)
    {
        var words = new List<string>();
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw new DockerfileException(line, "only strings can be in the JSON form");
            words.Add(reader.GetString()!);
        }

        // Go's decoder stops after the array and forgets the rest, a shell would run it.
        var rest = bytes.AsSpan((int)reader.BytesConsumed);
        return rest.Trim(" \t\r\v\f"u8).IsEmpty
            ? words
            : throw new DockerfileException(line, "there is text after the JSON form");
    }
}
