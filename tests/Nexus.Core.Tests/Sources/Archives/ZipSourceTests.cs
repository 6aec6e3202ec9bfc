using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using FluentAssertions;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Archives;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Sources.Archives;

[UnsupportedOSPlatform("windows")]
public sealed class ZipSourceTests : IDisposable
{
    private const int SymbolicLink = unchecked((int)0xA1FF0000);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_and_folders_arrive_with_their_permission_to_run()
    {
        await UnpackAsync(zip =>
        {
            Add(zip, "src/app/main.py", "print()");
            Add(zip, "run.sh", "#!/bin/sh", unchecked((int)0x81ED0000));
            zip.CreateEntry("empty/");
        });

        File.ReadAllText(_folder.At("src", "app", "main.py")).Should().Be("print()");
        File.GetUnixFileMode(_folder.At("run.sh")).Should().HaveFlag(UnixFileMode.UserExecute);
        Directory.Exists(_folder.At("empty")).Should().BeTrue();
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("a/../../escape")]
    [InlineData("/etc/escape")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("..\\escape")]
    [InlineData("C:/escape")]
    [InlineData("a\nb")]
    public async Task A_path_out_of_the_folder_is_refused(string name)
    {
        (await RefusalAsync(zip => Add(zip, name, "x"))).Should().Be("SOURCE_ARCHIVE_INVALID");
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task A_link_is_refused() =>
        (await RefusalAsync(zip => Add(zip, "link", "/etc/passwd", SymbolicLink))).Should().Be("SOURCE_ARCHIVE_INVALID");

    [Fact]
    public async Task What_is_there_twice_or_is_file_and_folder_at_once_is_refused()
    {
        (await RefusalAsync(zip => { Add(zip, "a", "1"); Add(zip, "a", "2"); })).Should().Be("SOURCE_ARCHIVE_INVALID");
        (await RefusalAsync(zip => { Add(zip, "b", "1"); Add(zip, "b/c", "2"); })).Should().Be("SOURCE_ARCHIVE_INVALID");
        (await RefusalAsync(zip => { Add(zip, "d/e", "1"); Add(zip, "d", "2"); })).Should().Be("SOURCE_ARCHIVE_INVALID");
    }

    [Fact]
    public async Task A_zip_bomb_goes_off_at_the_ratio_limit()
    {
        (await RefusalAsync(zip => Add(zip, "zeros", new string('0', 30_000_000)))).Should().Be("SOURCE_TOO_LARGE");
        new FileInfo(_folder.At("zeros")).Length.Should().BeLessThan(10_000_000);
    }

    [Fact]
    public async Task Size_and_count_have_limits_of_their_own()
    {
        var limits = new SourceLimits { MostFiles = 3, LargestBytes = 1000 };

        (await RefusalAsync(zip => { for (var i = 0; i < 4; i++) Add(zip, $"f{i}", ""); }, limits)).Should().Be("SOURCE_TOO_LARGE");
        (await RefusalAsync(zip => Add(zip, "large", new string('x', 1001)), limits)).Should().Be("SOURCE_TOO_LARGE");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a zip at all")]
    [InlineData("PK\u0003\u0004 and then nothing")]
    public async Task What_is_no_zip_is_refused(string content)
    {
        var unpack = () => new ZipSource(new SourceLimits()).UnpackAsync(new MemoryStream(Encoding.Latin1.GetBytes(content)), _folder.Path, CancellationToken.None);

        (await unpack.Should().ThrowAsync<NexusException>()).Which.Code.Should().Be("SOURCE_ARCHIVE_INVALID");
    }

    [Fact]
    public async Task A_damaged_zip_is_refused()
    {
        var bytes = Pack(zip => Add(zip, "a", new string('a', 5000) + Guid.NewGuid()));
        Array.Fill(bytes, (byte)7, 40, 20);
        var unpack = () => new ZipSource(new SourceLimits()).UnpackAsync(new MemoryStream(bytes), _folder.Path, CancellationToken.None);

        (await unpack.Should().ThrowAsync<NexusException>()).Which.Code.Should().Be("SOURCE_ARCHIVE_INVALID");
    }

    [Fact]
    public async Task Code_becomes_the_file_that_its_framework_starts()
    {
        await CodeSource.WriteAsync("print('hi')", "Python", _folder.Path, CancellationToken.None);

        File.ReadAllText(_folder.At("main.py")).Should().Be("print('hi')");
        var unknown = () => CodeSource.WriteAsync("x", "rust", _folder.Path, CancellationToken.None);
        (await unknown.Should().ThrowAsync<NexusException>()).Which.Code.Should().Be("INVALID_CODE");
    }

    private Task UnpackAsync(Action<ZipArchive> fill, SourceLimits? limits = null) =>
        new ZipSource(limits ?? new SourceLimits()).UnpackAsync(new MemoryStream(Pack(fill)), _folder.Path, CancellationToken.None);

    private async Task<string> RefusalAsync(Action<ZipArchive> fill, SourceLimits? limits = null)
    {
        var unpack = () => UnpackAsync(fill, limits);
        return (await unpack.Should().ThrowAsync<NexusException>()).Which.Code;
    }

    private static byte[] Pack(Action<ZipArchive> fill)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true)) fill(zip);
        return memory.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string content, int attributes = 0)
    {
        var entry = zip.CreateEntry(name);
        entry.ExternalAttributes = attributes;
        using var writer = new StreamWriter(entry.Open());
        writer.Write(content);
    }
}
