using System.Text;
using System.Text.Json.Nodes;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Tests.Transport;

public sealed class LegibleJsonTests
{
    [Theory]
    [InlineData("""{"a":"\u0022b\u0022"}""", """{"a":"\"b\""}""")]
    [InlineData("""["\u005cn","\\u0022","\\\u0022"]""", """["\\n","\\u0022","\\\""]""")]
    [InlineData("""["\u003C\u003e\u0026\u002B\u0027\u0060\u00e9\u65E5"]""", """["<>&+'`é日"]""")]
    [InlineData("""["\uD83D\uDE00 \u0041"]""", """["😀 A"]""")]
    [InlineData("""["\n\t\/\b"]""", """["\n\t\/\b"]""")]
    [InlineData("""["\u0000\u001b\u007f\u0085\u2028\u202e\ufeff\ue000"]""", """["\u0000\u001b\u007f\u0085\u2028\u202e\ufeff\ue000"]""")]
    [InlineData("""["\ud83d","\ud83dx","\ude00\ud83d"]""", """["\ud83d","\ud83dx","\ude00\ud83d"]""")]
    [InlineData("{}", "{}")]
    public void Only_what_must_be_is_escaped(string json, string legible) => Write(json).Should().Be(legible);

    [Fact]
    public void Whatever_the_text_it_stays_the_same_and_grows_no_longer()
    {
        var random = new Random(20261128);
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Letter(random)));
            var json = new JsonObject { [text] = text }.ToJsonString();

            var legible = Write(json);

            JsonNode.DeepEquals(JsonNode.Parse(legible), JsonNode.Parse(json)).Should().BeTrue("{0}", json);
            Encoding.UTF8.GetByteCount(legible).Should().BeLessThanOrEqualTo(json.Length);
        }
    }

    private static string Letter(Random random) => random.Next(5) switch
    {
        0 => "\\",
        1 => "\"",
        2 => ((char)random.Next(0x80)).ToString(),
        3 => ((char)random.Next(0x80, 0xD800)).ToString(),
        _ => char.ConvertFromUtf32(random.Next(0x10000, 0x110000)),
    };

    [Theory]
    [InlineData("say \"no\" & <b>\\</b>\n", """ "say \"no\" & <b>\\</b>\n" """)]
    [InlineData("Grüße 日本 😀 \"x\"", """ "Grüße 日本 😀 \"x\"" """)]
    [InlineData("turned \u202Eback\u200B", """ "turned \u202Eback\u200B" """)]
    [InlineData("\u001B[2J\u007F", """ "\u001B[2J\u007F" """)]
    public void A_value_is_written_legibly_and_shows_what_can_not_be_seen(string value, string expected) =>
        Encoding.UTF8.GetString(LegibleJson.Serialize(value).Span).Should().Be(expected.Trim());

    private static string Write(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var target = new byte[bytes.Length];
        return Encoding.UTF8.GetString(target, 0, LegibleJson.Write(bytes, target));
    }
}
