namespace Nexus.Core.Sources.Folders;

/// <summary>The links of a source. A link may lead anywhere inside of it, however crookedly, and nowhere else.</summary>
internal sealed class SourceLinks
{
    /// <summary>As many as Linux follows (path_resolution(7)); the rest of a longer way stays inside as every step before did.</summary>
    private const int MostHops = 40;

    /// <summary>For all links together: a maze of them is refused before it costs much.</summary>
    private const int MostSteps = 500_000;

    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);
    private int _steps;

    public IReadOnlyDictionary<string, string> Targets => _targets;

    public void Add(string path, string target) => _targets.Add(path, target);

    /// <summary>
    /// Walks as the system would: <c>..</c> after a link goes up from where the link leads, so the text of a target alone says nothing.
    /// </summary>
    public bool StaysInside(string path)
    {
        var place = new List<string>(path.Split('/'));
        place.RemoveAt(place.Count - 1);
        var ahead = new Stack<string>();
        Push(ahead, _targets[path]);
        return !IsAbsolute(_targets[path]) && Walk(place, ahead);
    }

    private bool Walk(List<string> place, Stack<string> ahead)
    {
        var hops = 0;
        while (ahead.TryPop(out var name))
        {
            if (_steps > MostSteps) return false;
            if (name is "" or ".") continue;
            if (name == "..")
            {
                if (place.Count == 0) return false;
                place.RemoveAt(place.Count - 1);
                continue;
            }

            place.Add(name);
            if (place.Count > SourcePath.MostLevels) return false; // Nothing of the source is that deep.
            if (!_targets.TryGetValue(string.Join('/', place), out var target)) continue;
            if (IsAbsolute(target)) return false;
            if (++hops > MostHops) return true;
            place.RemoveAt(place.Count - 1);
            Push(ahead, target);
        }

        return true;
    }

    private static bool IsAbsolute(string target) => target.StartsWith('/');

    private void Push(Stack<string> ahead, string target)
    {
        var names = target.Split('/');
        _steps += names.Length;
        foreach (var name in names.Reverse()) ahead.Push(name);
    }
}
