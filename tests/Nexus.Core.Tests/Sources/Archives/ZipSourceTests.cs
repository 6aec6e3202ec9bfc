using System.Runtime.Versioning;
using FluentAssertions;
using Nexus.Core.Sources;
using Xunit;

namespace Nexus.Core.Tests.Sources.Archives;

/// <summary>What an upload brings, and what of it is refused.</summary>
public sealed class ZipSourceTests
{
    [Fact]
    public async Task Files_and_folders_come_as_they_were_packed()
    {
        using var bench = new ZipBench();
        await bench.UnpackAsync(ZipBench.Pack("Dockerfile", "src/app.js", "empty/"));
        bench.Names().Should().Equal("Dockerfile", "empty", "src", "src/app.js");
    }

    [Fact]
    public async Task A_single_top_folder_is_left_out_as_Git_hosts_pack_it()
    {
        using var bench = new ZipBench();
        await bench.UnpackAsync(ZipBench.Pack("web-1.0/", "web-1.0/Dockerfile", "web-1.0/src/app.js", "__MACOSX/web-1.0/._Dockerfile"));
        bench.Names().Should().Equal("Dockerfile", "src", "src/app.js");
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Executables_stay_executable()
    {
        using var bench = new ZipBench();
        await bench.UnpackAsync(ZipBench.Pack(zip => ZipBench.Add(zip, "start", "#!/bin/sh", 0x81ED)));
        File.GetUnixFileMode(bench.At("start")).Should().HaveFlag(UnixFileMode.GroupExecute);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/evil")]
    [InlineData("a//evil")]
    [InlineData("./evil")]
    [InlineData("C:/evil")]
    [InlineData("C:evil")]
    [InlineData("a\\..\\evil")]
    [InlineData("a/NUL")]
    [InlineData("com1.txt")]
    [InlineData("a/\nb")]
    [InlineData("a/.GIT/hooks/post-checkout")]
    [InlineData("a/.git /config")]
    public async Task A_path_that_leads_elsewhere_is_refused(string name)
    {
        using var bench = new ZipBench();
        (await bench.RefusalAsync(ZipBench.Pack("good", name))).Code.Should().Be("ARCHIVE_PATH_NOT_ALLOWED");
        bench.Outside().Should().BeEmpty();
        bench.Names().Should().BeEmpty("nothing is written before all is judged");
    }

    [Fact]
    public async Task Names_too_long_or_too_deep_are_refused()
    {
        using var bench = new ZipBench();
        foreach (var name in (string[])[new('n', 256), string.Join('/', Enumerable.Repeat("d", 65)), string.Join('/', Enumerable.Repeat(new string('d', 200), 6))])
            (await bench.RefusalAsync(ZipBench.Pack("good", name))).Code.Should().Be("ARCHIVE_PATH_NOT_ALLOWED");
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "A")]
    [InlineData("src/a", "SRC/b")]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    public async Task Two_entries_that_collide_are_refused(string one, string other)
    {
        using var bench = new ZipBench();
        (await bench.RefusalAsync(ZipBench.Pack("top", one, other))).Code.Should().Be("ARCHIVE_PATH_NOT_ALLOWED");
    }

    [Theory]
    [InlineData(0xA1FF)] // A link.
    [InlineData(0x61B0)] // A block device.
    [InlineData(0x11B0)] // A pipe.
    public async Task Links_and_devices_are_refused(int mode)
    {
        using var bench = new ZipBench();
        var archive = ZipBench.Pack(zip => ZipBench.Add(zip, "link", "/etc/passwd", mode));
        (await bench.RefusalAsync(archive)).Code.Should().Be("ARCHIVE_LINK_NOT_ALLOWED");
    }

    [Fact]
    public async Task An_encrypted_entry_is_refused()
    {
        using var bench = new ZipBench();
        var archive = ZipBench.Patch(ZipBench.Pack("a"), 8, [0x01]);
        (await bench.RefusalAsync(archive)).Code.Should().Be("ARCHIVE_ENCRYPTED");
    }

    [Fact]
    public async Task Something_else_than_a_zip_and_half_a_zip_are_refused()
    {
        using var bench = new ZipBench();
        var archive = ZipBench.Pack("a", "b");
        foreach (var broken in (byte[][])[[], [1, 2, 3], archive[..^10], archive[40..]])
            (await bench.RefusalAsync(broken)).Code.Should().Be("ARCHIVE_INVALID");
    }

    [Fact]
    public async Task An_archive_of_nothing_is_refused()
    {
        using var bench = new ZipBench();
        (await bench.RefusalAsync(ZipBench.Pack())).Code.Should().Be("ARCHIVE_EMPTY");
        (await bench.RefusalAsync(ZipBench.Pack("folder/"))).Code.Should().Be("ARCHIVE_EMPTY");
    }

    [Fact]
    public async Task A_bomb_is_refused_for_its_ratio_before_anything_is_written()
    {
        using var bench = new ZipBench();
        var bomb = ZipBench.Pack(zip => ZipBench.Add(zip, "zeros", new string('\0', 64 * 1024 * 1024)));
        (await bench.RefusalAsync(bomb)).Code.Should().Be("ARCHIVE_TOO_LARGE");
        bench.UnpackedBytes().Should().Be(0);
    }

    [Fact]
    public async Task A_bomb_that_lies_about_its_size_is_found_out()
    {
        using var bench = new ZipBench();
        var bomb = ZipBench.Pack(zip => ZipBench.Add(zip, "zeros", new string('\0', 64 * 1024 * 1024)));
        (await bench.RefusalAsync(ZipBench.Patch(bomb, 24, [1, 0, 0, 0]))).Code.Should().Be("ARCHIVE_INVALID");
        bench.UnpackedBytes().Should().BeLessThan(8 * 1024 * 1024);
    }

    [Fact]
    public async Task An_archive_within_an_archive_stays_a_file()
    {
        using var bench = new ZipBench();
        var inner = ZipBench.Pack("../../evil");
        await bench.UnpackAsync(ZipBench.Pack(zip =>
        {
            using var stream = zip.CreateEntry("inner.zip").Open();
            stream.Write(inner);
        }));
        bench.Names().Should().Equal("inner.zip");
    }

    [Fact]
    public async Task Limits_of_size_and_count_are_kept()
    {
        using var bench = new ZipBench { Limits = new() { MostFiles = 3, LargestBytes = 1000, LargestUploadBytes = 2000 } };
        (await bench.RefusalAsync(ZipBench.Pack("a", "b", "c", "d"))).Code.Should().Be("ARCHIVE_TOO_MANY_FILES");
        (await bench.RefusalAsync(ZipBench.Pack("a/b/c/d", "e"))).Code.Should().Be("ARCHIVE_TOO_MANY_FILES", "folders count too");
        (await bench.RefusalAsync(ZipBench.Pack(zip => ZipBench.Add(zip, "a", new string('x', 1001))))).Code.Should().Be("ARCHIVE_TOO_LARGE");
        (await bench.RefusalAsync(new byte[2001])).Code.Should().Be("ARCHIVE_TOO_LARGE");
    }

    [Fact]
    public async Task A_list_of_entries_beyond_all_measure_is_not_held_in_memory()
    {
        using var bench = new ZipBench { Limits = new SourceLimits { MostFiles = 100_000 } };
        var archive = ZipBench.Pack(Enumerable.Range(0, 90_000).Select(number => $"{new string('n', 200)}{number}"));
        (await bench.RefusalAsync(archive)).Code.Should().Be("ARCHIVE_TOO_MANY_FILES");
    }
}
