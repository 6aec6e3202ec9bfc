using System.IO.Compression;
using FluentAssertions;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Archives;
using Nexus.Core.Sources.Folders;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Sources.Archives;

/// <summary>Packs archives, also such as no tool would, and unpacks them.</summary>
internal sealed class ZipBench : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly SourceFolder _folder;

    public ZipBench() => _folder = new SourceFolder(_temporary.At("source"));

    public SourceLimits Limits { get; set; } = new();

    public static byte[] Pack(params IEnumerable<string> names) => Pack(zip =>
    {
        foreach (var name in names) Add(zip, name, "x");
    });

    public static byte[] Pack(Action<ZipArchive> fill)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true)) fill(zip);
        return file.ToArray();
    }

    public static ZipArchiveEntry Add(ZipArchive zip, string name, string content, int unixMode = 0)
    {
        var entry = zip.CreateEntry(name);
        entry.ExternalAttributes = unixMode << 16;
        if (name.EndsWith('/')) return entry;
        using var writer = new StreamWriter(entry.Open());
        writer.Write(content);
        return entry;
    }

    /// <summary>Changes all occurrences of a text of the same length, in the headers too.</summary>
    public static byte[] Replace(byte[] archive, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        for (var at = 0; at <= archive.Length - from.Length; at++)
            if (archive.AsSpan(at, from.Length).SequenceEqual(from)) to.CopyTo(archive.AsSpan(at));
        return archive;
    }

    /// <summary>Changes a field of the first central header (APPNOTE 4.3.12) at an offset.</summary>
    public static byte[] Patch(byte[] archive, int offset, ReadOnlySpan<byte> value)
    {
        value.CopyTo(archive.AsSpan(archive.AsSpan().IndexOf("PK\u0001\u0002"u8) + offset));
        return archive;
    }

    public async Task UnpackAsync(byte[] archive)
    {
        var zips = new ZipSource(Limits);
        await using var saved = await zips.SaveAsync(new MemoryStream(archive), _folder, TestContext.Current.CancellationToken);
        await zips.UnpackAsync(saved, _folder, TestContext.Current.CancellationToken);
    }

    public Task WriteAsync(IReadOnlyDictionary<string, string> files) =>
        new CodeSource(Limits).WriteAsync(files, _folder, TestContext.Current.CancellationToken);

    public Task<NexusException> RefusalAsync(byte[] archive) => RefusalAsync(() => UnpackAsync(archive));

    public static async Task<NexusException> RefusalAsync(Func<Task> act)
    {
        var refusal = (await FluentActions.Awaiting(act).Should().ThrowAsync<NexusException>()).Which;
        refusal.Hint.Should().NotBeNullOrEmpty();
        return refusal;
    }

    public IEnumerable<string> Names() => Directory.EnumerateFileSystemEntries(_folder.Files, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_folder.Files, path)).Order(StringComparer.Ordinal);

    public string At(string path) => Path.Combine(_folder.Files, path);

    public long UnpackedBytes() => Directory.EnumerateFiles(_folder.Files, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    /// <summary>Everything that is on the disk beside the source's own folder.</summary>
    public IEnumerable<string> Outside() => Directory.EnumerateFileSystemEntries(_temporary.Path).Select(path => Path.GetFileName(path)!).Where(name => name != "source");

    public void Dispose() => _temporary.Dispose();
}
