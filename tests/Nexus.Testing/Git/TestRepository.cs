using System.Diagnostics;
using System.Text;

namespace Nexus.Testing;

/// <summary>A bare repository that a test fills, also with what git itself would not put there.</summary>
public sealed class TestRepository
{
    private readonly string _folder;

    private TestRepository(string folder) => _folder = folder;

    public static async Task<TestRepository> CreateAsync(string repositories, string name)
    {
        var repository = new TestRepository(Path.Combine(repositories, $"{name}.git"));
        await RunAsync(["init", "--quiet", "--bare", "--initial-branch=main", repository._folder], "");
        return repository;
    }

    /// <summary>Commits these files alone to a branch and returns the commit's id.</summary>
    public async Task<string> CommitAsync(IReadOnlyDictionary<string, string> files, string branch = "main")
    {
        var entries = new List<(string Mode, string Id, string Path)>();
        foreach (var (path, content) in files) entries.Add(("100644", await BlobAsync(content), path));
        return await CommitTreeAsync(await TreeAsync(entries), branch);
    }

    /// <summary>Commits entries of any mode; a path may have folders.</summary>
    public async Task<string> CommitAsync(IEnumerable<(string Mode, string Id, string Path)> entries, string branch = "main") =>
        await CommitTreeAsync(await TreeAsync(entries), branch);

    public Task<string> BlobAsync(string content) => GitAsync(["hash-object", "-w", "--stdin"], content);

    /// <summary>A tree of one level, byte for byte, whatever git thinks of it.</summary>
    public async Task<string> RawTreeAsync(params IEnumerable<(string Mode, string Id, byte[] Name)> entries)
    {
        var file = Path.Combine(_folder, "raw-tree");
        await File.WriteAllBytesAsync(file, [.. entries.SelectMany(entry =>
            (byte[])[.. Encoding.ASCII.GetBytes($"{entry.Mode} "), .. entry.Name, 0, .. Convert.FromHexString(entry.Id)])]);
        return await GitAsync(["hash-object", "-w", "-t", "tree", "--literally", file], "");
    }

    public async Task<string> CommitTreeAsync(string tree, string branch = "main")
    {
        var commit = await GitAsync(["commit-tree", "-m", "A commit", tree], "");
        await GitAsync(["update-ref", $"refs/heads/{branch}", commit], "");
        return commit;
    }

    public Task<string> GitAsync(IEnumerable<string> arguments, string input) => RunAsync([$"--git-dir={_folder}", .. arguments], input);

    /// <summary>Through an index, which makes the trees of folders.</summary>
    private async Task<string> TreeAsync(IEnumerable<(string Mode, string Id, string Path)> entries)
    {
        await GitAsync(["read-tree", "--empty"], "");
        await GitAsync(
            ["update-index", "-z", "--index-info"],
            string.Concat(entries.Select(entry => $"{entry.Mode} {entry.Id}\t{entry.Path}\0")));
        return await GitAsync(["write-tree", "--missing-ok"], "");
    }

    private static async Task<string> RunAsync(IEnumerable<string> arguments, string input)
    {
        var start = new ProcessStartInfo(Tool.Path("git"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        foreach (var person in (string[])["AUTHOR", "COMMITTER"])
        {
            start.Environment[$"GIT_{person}_NAME"] = "Ada";
            start.Environment[$"GIT_{person}_EMAIL"] = "ada@example.com";
        }

        using var git = Process.Start(start)!;
        var (output, error) = (git.StandardOutput.ReadToEndAsync(), git.StandardError.ReadToEndAsync());
        await using (git.StandardInput) await git.StandardInput.WriteAsync(input);
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException(await error);
    }
}
