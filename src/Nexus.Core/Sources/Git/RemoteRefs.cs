namespace Nexus.Core.Sources.Git;

/// <summary>What a repository offers: names and the objects that they point to (git-ls-remote).</summary>
internal sealed class RemoteRefs
{
    private const string Peeled = "^{}";
    private const string Heads = "refs/heads/";

    private readonly Dictionary<string, string> _objects = new(StringComparer.Ordinal);

    private RemoteRefs()
    {
    }

    public bool IsEmpty => _objects.Count == 0;

    public IEnumerable<string> Branches => _objects.Keys
        .Where(name => name.StartsWith(Heads, StringComparison.Ordinal))
        .Select(name => name[Heads.Length..]);

    public static RemoteRefs Parse(string lines)
    {
        var refs = new RemoteRefs();
        foreach (var line in lines.Split('\n'))
            if (line.Split('\t') is [var id, var name] && GitRevision.IsCommit(id)) refs._objects[name] = id;
        return refs;
    }

    /// <summary>What has to be asked for to know what a name stands for.</summary>
    public static IEnumerable<string> Patterns(string? name) =>
        name is null ? ["HEAD"] : Candidates(name).SelectMany(candidate => new[] { candidate, candidate + Peeled });

    /// <summary>The object that a name stands for, a branch before a tag; null where there is none.</summary>
    public RemoteRef? Find(string? name)
    {
        foreach (var candidate in name is null ? ["HEAD"] : Candidates(name))
            if (_objects.TryGetValue(candidate, out var id)) return new(id, _objects.GetValueOrDefault(candidate + Peeled, id));
        return null;
    }

    private static string[] Candidates(string name) =>
        name.StartsWith("refs/", StringComparison.Ordinal) ? [name] : [Heads + name, "refs/tags/" + name];
}

/// <summary>What a name points to: an object to ask for, and the commit behind it where it is an annotated tag.</summary>
internal sealed record RemoteRef(string Id, string Commit);
