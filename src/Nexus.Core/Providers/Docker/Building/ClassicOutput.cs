using System.Text;
using Docker.DotNet.Models;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>Puts the classic builder's messages together to lines, and sees whether one is an error.</summary>
internal sealed class ClassicOutput(IProgress<string> output) : IProgress<JSONMessage>
{
    private const int LongestLine = 16 * 1024;
    private readonly StringBuilder _line = new();

    public bool Failed { get; private set; }

    public void Report(JSONMessage value)
    {
        foreach (var letter in value.Stream ?? "")
        {
            if (letter != '\n') _line.Append(letter);
            if (letter == '\n' || _line.Length == LongestLine) Finish();
        }

        if (value.Error is not { } error) return;
        Finish();
        Failed = true;
        output.Report(error.Message ?? "The build failed.");
    }

    public void Finish()
    {
        if (_line.Length == 0) return;
        output.Report(_line.ToString());
        _line.Clear();
    }
}
