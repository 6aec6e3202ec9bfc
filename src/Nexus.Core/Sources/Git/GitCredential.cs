using Nexus.Core.Sources.Programs;

namespace Nexus.Core.Sources.Git;

/// <summary>
/// Hands the credential to git by a helper that reads it from a file of ours, and only for the host that it was given for: a redirect
/// to another one gets nothing. It is in no argument, no address and no variable.
/// </summary>
internal static class GitCredential
{
    private const string Helper = """
        #!/bin/sh
        folder=$(dirname "$0")
        host=$(cat "$folder/host")
        case "$1" in
          "Username for 'https://$host'"*) cat "$folder/user" ;;
          "Password for 'https://"*"@$host'"*) cat "$folder/password" ;;
          *) exit 1 ;;
        esac

        """;

    /// <summary>The helper's path. <paramref name="credential"/> is a token, or <c>user:token</c>; null answers nothing.</summary>
    public static async Task<string> WriteAsync(PrivateFolder folder, RepositoryAddress address, string? credential, CancellationToken cancellationToken)
    {
        var helper = folder.At("askpass");
        if (credential is not null)
        {
            var colon = credential.IndexOf(':', StringComparison.Ordinal);
            await WriteAsync(folder.At("host"), address.Authority, UserOnly, cancellationToken);
            await WriteAsync(folder.At("user"), colon > 0 ? credential[..colon] : "x-access-token", UserOnly, cancellationToken);
            await WriteAsync(folder.At("password"), credential[(colon + 1)..].Trim(), UserOnly, cancellationToken);
        }

        await WriteAsync(helper, credential is null ? "#!/bin/sh\nexit 1\n" : Helper, UserOnly | UnixFileMode.UserExecute, cancellationToken);
        return helper;
    }

    private const UnixFileMode UserOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static async Task WriteAsync(string path, string text, UnixFileMode mode, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }
}
