namespace Nexus.Testing;

/// <summary>The user that Debian's database programs run as: they refuse to run as root.</summary>
internal static class ServerUser
{
    public static CommandLine Command(string folder, string program, params IReadOnlyList<string> arguments) => Tool.IsRoot
        ? new(Tool.Path("setpriv"), ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments]) { Folder = folder }
        : new(program, arguments) { Folder = folder };

    /// <summary>Makes the folder and what is in it this user's.</summary>
    public static async Task GiveAsync(string folder, CancellationToken cancellation)
    {
        if (Tool.IsRoot)
            _ = (await Shell.RunAsync(new(Tool.Path("chown"), "--recursive", "postgres:postgres", folder), cancellation: cancellation)).Required;
    }
}
