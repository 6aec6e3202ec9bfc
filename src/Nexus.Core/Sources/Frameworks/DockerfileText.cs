using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>Puts a Dockerfile together line by line. Only what every builder knows is used, so that the classic one builds it too.</summary>
internal sealed class DockerfileText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _text = new();

    public DockerfileText Line(string line)
    {
        _text.Append(line).Append('\n');
        return this;
    }

    public DockerfileText LineIf(bool condition, string line) => condition ? Line(line) : this;

    /// <summary>Begins a stage.</summary>
    public DockerfileText From(string image, string? name = null)
    {
        if (_text.Length > 0) _text.Append('\n');
        return Line(name is null ? $"FROM {image}" : $"FROM {image} AS {name}");
    }

    /// <summary>Runs the caller's command as it is, or else our own; neither for null.</summary>
    public DockerfileText Run(string? callers, string? ours) =>
        callers is not null ? Line("RUN " + Shell(callers)) : ours is not null ? Line("RUN " + ours) : this;

    /// <summary>The start command: the caller's through a shell, else ours.</summary>
    public DockerfileText Start(string? callers, string ours) => Line("CMD " + Shell(callers ?? ours));

    public override string ToString() => _text.ToString();

    /// <summary>In the JSON form nothing that the caller writes can be read as an instruction, a flag or a here-document.</summary>
    private static string Shell(string command) => "[\"sh\", \"-c\", " + JsonSerializer.Serialize(command, Plain) + "]";
}
