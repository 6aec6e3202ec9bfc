using Nexus.Core.Processes;

namespace Nexus.Core.Sources.Git;

/// <summary>
/// What git has around it: a folder with an empty home and a bare repository, settings that switch off whatever a repository, a
/// host or this machine could make it do beyond fetching, and the credential, which is in its environment only.
/// </summary>
internal sealed class GitWorkspace
{
    /// <summary>Where Debian's ca-certificates keeps them.</summary>
    private const string SystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Git asks this program instead of a terminal (gitcredentials(7)). It holds no secret itself.</summary>
    private const string AskPass = """
        #!/bin/sh
        case "$1" in
        Username*) printf '%s\n' "$NEXUS_GIT_USER" ;;
        Password*) printf '%s\n' "$NEXUS_GIT_TOKEN" ;;
        esac

        """;

    private readonly GitRemote _remote;
    private readonly SourceLimits _limits;
    private readonly string _home;
    private readonly string _askPass;
    private readonly string? _authorities;

    /// <param name="authoritiesFile">Certificate authorities that count besides the system's.</param>
    public GitWorkspace(string folder, GitRemote remote, SourceLimits limits, string? authoritiesFile)
    {
        (_remote, _limits) = (remote, limits);
        _home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        Repository = Path.Combine(folder, "repository.git");
        _askPass = Path.Combine(folder, "askpass");
        File.WriteAllText(_askPass, AskPass);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_askPass, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        if (authoritiesFile is not null) _authorities = WriteAuthorities(Path.Combine(folder, "authorities.pem"), authoritiesFile);
    }

    public string Repository { get; }

    public string Url => _remote.Url.Text;

    /// <summary>Whether a file has become as large as git may make one: it was ended there and can't say so.</summary>
    public bool HasReachedLimit => Directory.Exists(Repository) && new DirectoryInfo(Repository)
        .EnumerateFiles("*", SearchOption.AllDirectories)
        .Any(file => file.Length >= _limits.LargestBytes / ProcessGroup.BlockSize * ProcessGroup.BlockSize);

    public IEnumerable<string> Arguments(IEnumerable<string> arguments) =>
        [$"--git-dir={Repository}", .. Settings().SelectMany(setting => new[] { "-c", setting }), .. arguments];

    /// <summary>The whole environment: nothing of the server's own is in it, so no proxy and no secret.</summary>
    public IReadOnlyDictionary<string, string> Environment()
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = _home,
            ["LC_ALL"] = "C",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ALLOW_PROTOCOL"] = _remote.Url.Uri.Scheme,
            ["GIT_ASKPASS"] = "/bin/false",
        };
        if (_remote.Credential is not { } credential) return environment;
        environment["GIT_ASKPASS"] = _askPass;
        environment["NEXUS_GIT_USER"] = credential.User;
        environment["NEXUS_GIT_TOKEN"] = credential.Token;
        return environment;
    }

    /// <summary>Git takes one file, in the system's stead.</summary>
    private static string WriteAuthorities(string file, string additional)
    {
        var system = File.Exists(SystemAuthorities) ? File.ReadAllText(SystemAuthorities) : "";
        File.WriteAllText(file, $"{system}\n{File.ReadAllText(additional)}");
        return file;
    }

    private IEnumerable<string> Settings()
    {
        yield return "protocol.allow=never";
        yield return $"protocol.{_remote.Url.Uri.Scheme}.allow=always";
        yield return "core.hooksPath=/dev/null";
        yield return "core.fsmonitor=false";
        yield return "core.symlinks=false";
        yield return "submodule.recurse=false";
        yield return "fetch.recurseSubmodules=false";
        yield return "fetch.uriProtocols="; // A host could send us elsewhere for its packs.
        yield return "transfer.bundleURI=false";
        yield return "fetch.unpackLimit=1"; // One pack, never many thousand files.
        yield return "gc.auto=0";
        yield return "maintenance.auto=false";
        yield return "pack.threads=1";
        yield return "core.bigFileThreshold=16m"; // Larger ones are streamed instead of held in memory.
        yield return "core.packedGitWindowSize=16m";
        yield return "core.packedGitLimit=128m";
        yield return "credential.helper=";
        yield return "http.followRedirects=false";
        yield return "http.proxy=";
        yield return "http.sslVerify=true";
        yield return "http.lowSpeedLimit=1000";
        yield return $"http.lowSpeedTime={Math.Max(1, (int)_limits.StallTime.TotalSeconds)}";
        if (_authorities is not null) yield return $"http.sslCAInfo={_authorities}";
        if (_remote.Pin is { } pin) yield return $"http.curloptResolve={pin}";
    }
}
