using System.Globalization;
using Nexus.Core.Sources.Dockerfiles;

namespace Nexus.Core.Builds;

/// <summary>The first TCP port that the last stage of a Dockerfile declares as a number.</summary>
internal static class DeclaredPort
{
    public static int? Of(string dockerfile)
    {
        var instructions = Dockerfile.Parse(dockerfile).Instructions;
        var words = instructions.Reverse()
            .TakeWhile(instruction => instruction.Keyword != "FROM")
            .Reverse()
            .Where(instruction => instruction.Keyword == "EXPOSE")
            .SelectMany(instruction => instruction.Arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (var word in words)
        {
            var parts = word.Split('/');
            if ((parts is [_] or [_, "tcp"]) && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return port;
        }

        return null;
    }
}
