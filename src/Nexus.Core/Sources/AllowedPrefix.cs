namespace Nexus.Core.Sources;

/// <summary>
/// A rule of the image policy. It compares what the engine would really run, part by part: a prefix never ends in the middle
/// of a registry's or repository's name, so that <c>ghcr.io/acme</c> doesn't let <c>ghcr.io/acme-evil</c> in.
/// </summary>
internal sealed class AllowedPrefix
{
    private const string Everything = "*";

    private readonly string _text;
    private readonly string? _host;
    private readonly string? _path;
    private readonly string? _tag;

    /// <exception cref="FormatException">The text is no prefix of any image.</exception>
    public AllowedPrefix(string text)
    {
        _text = text;
        if (text == Everything) return;

        (var name, _tag) = SplitTag(text);
        (_host, _path) = Canonical(name, isFolder: _tag is null);
        var isWhole = _path.Length == 0;
        var isValid = ImageReferenceParser.IsRegistry(_host)
            && (isWhole ? _tag is null && name.Trim('/').Length > 0 : ImageReferenceParser.IsRepository(_path));
        if (!isValid)
            throw new FormatException($"'{text}' is not the beginning of an image name: write node:, ghcr.io/acme/ or ghcr.io/acme/web:1.");
    }

    /// <summary>As written by the operator.</summary>
    public override string ToString() => _text;

    public bool Allows(ImageReference image)
    {
        if (_host is null) return true;
        if (image.Host != _host) return false;
        if (_tag is null) return _path!.Length == 0 || image.Path == _path || image.Path.StartsWith(_path + "/", StringComparison.Ordinal);
        return image.Path == _path && AllowsTag(image);
    }

    /// <summary>A digest overrules the tag beside it, so a rule about tags can't be met by one.</summary>
    private bool AllowsTag(ImageReference image) =>
        _tag!.Length == 0 || image is { Digest: null, Tag: { } tag } && tag.StartsWith(_tag, StringComparison.Ordinal);

    private static (string Name, string? Tag) SplitTag(string text)
    {
        var colon = text.LastIndexOf(':');
        var isTag = colon > text.LastIndexOf('/');
        return isTag ? (text[..colon], text[(colon + 1)..]) : (text, null);
    }

    /// <summary>An empty path stands for the whole registry.</summary>
    private static (string Host, string Path) Canonical(string name, bool isFolder)
    {
        var isOpen = name.EndsWith('/');
        var (registry, repository) = ImageReferenceParser.SplitName(isFolder && !isOpen ? name + "/" : name);
        if (isFolder) repository = repository.Length > 0 ? repository[..^1] : "";
        var image = new ImageReference(registry, repository, Tag: null, Digest: null);
        // acme/ is a folder of Docker Hub; acme alone would be the official image of that name.
        return (image.Host, isOpen || repository.Length == 0 ? repository : image.Path);
    }
}
