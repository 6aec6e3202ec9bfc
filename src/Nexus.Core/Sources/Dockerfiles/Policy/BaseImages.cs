using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>Every image that the builder would fetch is one that the image policy allows, whichever instruction names it.</summary>
internal sealed partial class BaseImages(ImagePolicy policy) : IDockerfileRule
{
    private const string Rule = "base-image";

    public IEnumerable<Violation> Check(DockerfileReading reading) =>
        reading.Images.Where(use => !(use.IsFrontEnd && OfficialFrontEnd().IsMatch(use.Name)) && !IsAllowed(use.Name)).Select(Refused);

    private bool IsAllowed(string name)
    {
        try
        {
            policy.Check(WithTag(name));
            return true;
        }
        catch (NexusException)
        {
            return false;
        }
    }

    /// <summary>The builder takes <c>latest</c> where neither tag nor digest is written.</summary>
    private static string WithTag(string name) =>
        name.Contains('@', StringComparison.Ordinal) || name.LastIndexOf(':') > name.LastIndexOf('/') ? name : name + ":latest";

    private static Violation Refused(ImageUse use) => use.IsFrontEnd
        ? new(use.Line, Rule, $"Base image {Shown.Of(use.Name)} is not allowed", "Remove the syntax directive, or write # syntax=docker/dockerfile:1.")
        : new(
            use.Line, Rule, $"Base image {Shown.Of(use.Name)} is not allowed",
            "Start from an approved image such as debian:, ubuntu:, alpine:, node: or python: and install what you need with its package manager.");

    /// <summary>Docker's stable front end, from 1.4 on, which reads here-documents as we do.</summary>
    [GeneratedRegex(@"\A(?:docker\.io/)?docker/dockerfile:(?:1|1\.(?:[4-9]|[1-9][0-9])(?:\.[0-9]{1,3})?)\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OfficialFrontEnd();
}
