using System.Text.RegularExpressions;

namespace Nexus.Core.Sources;

/// <summary>
/// The grammar of distribution/reference, with its rule for telling a registry host from the first part of a path: it has a dot,
/// a port or upper-case letters, or is <c>localhost</c>.
/// </summary>
internal static partial class ImageReferenceParser
{
    private const int LongestName = 255;
    private const int LongestReference = 1024;
    private const string Example = "Write it like nginx:1.27, ghcr.io/acme/web:2.0 or nginx@sha256:….";

    public static ImageReference Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw Invalid("The image is empty.", Example);
        if (text.Length > LongestReference) throw Invalid($"The image is longer than {LongestReference} characters.", Example);

        var (name, tag, digest) = Split(text);
        var (registry, repository) = SplitName(name);
        Check(text, registry, repository, tag, digest);
        return new ImageReference(registry, repository, tag, digest);
    }

    /// <summary>Tells the registry host, if one is written, from the repository path.</summary>
    public static (string? Registry, string Repository) SplitName(string name)
    {
        var slash = name.IndexOf('/');
        if (slash < 0) return (null, name);
        var first = name[..slash];
        var isHost = first.AsSpan().ContainsAny('.', ':') || first.Any(char.IsAsciiLetterUpper)
            || first == "localhost";
        return isHost ? (first, name[(slash + 1)..]) : (null, name);
    }

    public static bool IsRegistry(string text) => Registry().IsMatch(text);

    public static bool IsRepository(string text) => Repository().IsMatch(text);

    private static (string Name, string? Tag, string? Digest) Split(string text)
    {
        var at = text.IndexOf('@');
        var digest = at < 0 ? null : text[(at + 1)..];
        var name = at < 0 ? text : text[..at];
        // A colon before the last slash belongs to the registry's port.
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? (name[..colon], name[(colon + 1)..], digest) : (name, null, digest);
    }

    private static void Check(string text, string? registry, string repository, string? tag, string? digest)
    {
        var shown = ShownText.Of(text);
        if (registry is not null && !IsRegistry(registry))
            throw Invalid($"Image '{shown}': '{ShownText.Of(registry)}' is not a registry host.", Example);
        if (repository.Any(char.IsAsciiLetterUpper))
            throw Invalid($"Image '{shown}': the repository must be lower-case.", "Write the repository in lower-case letters.");
        if (!IsRepository(repository) || HexId().IsMatch(repository))
            throw Invalid($"Image '{shown}' is not a valid image reference.", Example);
        if ((registry?.Length ?? 0) + repository.Length > LongestName)
            throw Invalid($"Image '{shown}': the name is longer than {LongestName} characters.", Example);
        if (tag is not null && !Tag().IsMatch(tag))
            throw Invalid($"Image '{shown}': '{ShownText.Of(tag)}' is not a valid tag.", Example);
        if (digest is not null && !Digest().IsMatch(digest))
            throw Invalid($"Image '{shown}': '{ShownText.Of(digest)}' is not a valid digest.", "A digest is sha256: and 64 hexadecimal digits.");
        if (tag is null && digest is null)
            throw Invalid($"Image '{shown}' must carry a tag or digest.", $"Write {shown}:latest or, better, name a version.");
    }

    private static NexusException Invalid(string message, string hint) => new("INVALID_IMAGE", message, hint, "image");

    // \z, not $: $ would let a line feed at the end pass.
    [GeneratedRegex(@"\A(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]{1,5})?\z")]
    private static partial Regex Registry();

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex Repository();

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})\z")]
    private static partial Regex Digest();

    /// <summary>The engine takes such a name for an image id.</summary>
    [GeneratedRegex(@"\A[a-f0-9]{64}\z")]
    private static partial Regex HexId();
}
