using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>What the caller wants otherwise than detected. Each command is one line of shell.</summary>
public sealed partial record BuildWishes
{
    /// <summary>A framework's id or alias; null to detect it.</summary>
    public string? Framework { get; init; }

    public string? InstallCommand { get; init; }

    public string? BuildCommand { get; init; }

    public string? StartCommand { get; init; }

    /// <summary>Where the build puts a static site, relative to the source's top folder.</summary>
    public string? OutputDir { get; init; }

    public int? Port { get; init; }

    /// <exception cref="NexusException"><c>INVALID_BUILD_SETTING</c>.</exception>
    public void Check()
    {
        CheckCommand(InstallCommand, "installCommand");
        CheckCommand(BuildCommand, "buildCommand");
        CheckCommand(StartCommand, "startCommand");
        if (OutputDir is { } folder && (!Folder().IsMatch(folder) || folder.Split('/').Contains("..")))
            throw Invalid("The output folder must be a relative path without spaces and '..'.", "Write it like dist or apps/web/dist.", "outputDir");
        if (Port is < 1 or > 65_535) throw Invalid("The port must be from 1 to 65535.", "Leave it out to take the framework's own.", "port");
    }

    private static void CheckCommand(string? command, string field)
    {
        if (command is null) return;
        if (string.IsNullOrWhiteSpace(command) || command.Length > 2000 || command.Any(char.IsControl))
            throw Invalid($"'{field}' must be one line of 1 to 2000 characters.", "Join several commands with &&, or put them in a script.", field);
    }

    private static NexusException Invalid(string message, string hint, string field) => new("INVALID_BUILD_SETTING", message, hint, field);

    [GeneratedRegex(@"\A[A-Za-z0-9_.@-]+(?:/[A-Za-z0-9_.@-]+)*/?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Folder();
}
