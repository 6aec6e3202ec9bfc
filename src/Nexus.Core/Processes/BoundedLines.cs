using System.Text;

namespace Nexus.Core.Processes;

/// <summary>Reads lines of a stranger's output: one that never ends comes in pieces.</summary>
internal sealed class BoundedLines(TextReader reader)
{
    private const int Longest = 16 * 1024;

    public async Task ReadAllAsync(Action<string> take, CancellationToken cancellationToken)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            foreach (var letter in buffer.AsSpan(0, read))
            {
                if (letter != '\n') line.Append(letter);
                if (letter == '\n' || line.Length == Longest) Hand(line, take);
            }
        }

        if (line.Length > 0) Hand(line, take);
    }

    private static void Hand(StringBuilder line, Action<string> take)
    {
        take(line.ToString());
        line.Clear();
    }
}
