using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nexus.Mcp.Tests.Support;

/// <summary>What a tool promised when somebody last looked. NEXUS_UPDATE_SNAPSHOTS=1 writes what it promises now.</summary>
public static class Snapshot
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Compare(string name, JsonNode actual)
    {
        var path = Nexus.Testing.Repository.At("tests", "Nexus.Mcp.Tests", "Snapshots", $"{name}.json");
        var text = actual.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("NEXUS_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.Exists(path).Should().BeTrue("{0} should have a snapshot; NEXUS_UPDATE_SNAPSHOTS=1 writes it", name);
        text.Should().Be(File.ReadAllText(path), "{0} should be as in its snapshot; NEXUS_UPDATE_SNAPSHOTS=1 rewrites it", name);
    }
}
