using System.Formats.Tar;
using System.IO.Pipelines;
using System.Text;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>
/// Packs what the classic builder gets. As with docker's own client, <c>.dockerignore</c> decides what goes along, and the Dockerfile
/// has a name that the engine takes out of the context again.
/// </summary>
internal sealed class ContextArchive(BuildOrder order)
{
    private const string IgnoreFile = ".dockerignore";

    public string DockerfileName { get; } = $".nexus-dockerfile-{Guid.NewGuid():N}";

    public async Task WriteAsync(PipeWriter pipe, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await using var output = pipe.AsStream(leaveOpen: true);
            await using var tar = new TarWriter(output, TarEntryFormat.Pax);
            await WriteAsync(tar, cancellationToken);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            await pipe.CompleteAsync(failure);
        }
    }

    private async Task WriteAsync(TarWriter tar, CancellationToken cancellationToken)
    {
        var ignored = DockerIgnore.Read(Path.Combine(order.Context, IgnoreFile));
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false };
        // A link to a folder is an entry, and never gone into.
        var entries = new DirectoryInfo(order.Context).EnumerateFileSystemInfos("*", everything)
            .Where(entry => entry.LinkTarget is not null || !IsBelowLink(entry))
            .Select(entry => (entry.FullName, Name: Path.GetRelativePath(order.Context, entry.FullName)))
            .Where(entry => entry.Name != IgnoreFile && !ignored.Ignores(entry.Name))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (path, name) in entries) await tar.WriteEntryAsync(path, name, cancellationToken);
        await AddAsync(tar, DockerfileName, await File.ReadAllTextAsync(order.Dockerfile, cancellationToken), cancellationToken);
        await AddAsync(tar, IgnoreFile, $"{IgnoreFile}\n{DockerfileName}\n", cancellationToken);
    }

    private bool IsBelowLink(FileSystemInfo entry)
    {
        for (var folder = Directory.GetParent(entry.FullName); folder is not null && folder.FullName.Length > order.Context.Length; folder = folder.Parent)
            if (folder.LinkTarget is not null) return true;
        return false;
    }

    private static async Task AddAsync(TarWriter tar, string name, string text, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content }, cancellationToken);
    }
}
