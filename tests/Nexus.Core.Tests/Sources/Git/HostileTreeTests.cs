using System.Text;
using FluentAssertions;
using Nexus.Core.Sources;
using Xunit;

namespace Nexus.Core.Tests.Sources.Git;

/// <summary>Repositories whose content is the attack, or more than can be taken.</summary>
public sealed class HostileTreeTests
{
    [Fact]
    public async Task A_link_out_of_the_tree()
    {
        foreach (var target in (string[])["/etc/passwd", "../../etc/passwd", "x/../../.."])
        {
            await using var bench = await FetchBench.StartAsync();
            await bench.Repository.CommitAsync([("120000", await bench.Repository.BlobAsync(target), "a/link")]);
            (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_LINK_NOT_ALLOWED", target);
            bench.Names().Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData(".git")]
    [InlineData(".GIT")]
    [InlineData("git~1")]
    [InlineData(".git. .")]
    [InlineData(".g\u200cit")]
    [InlineData("..")]
    [InlineData("a\nb")]
    [InlineData("a\u001b[2Jb")]
    [InlineData("a/b")]
    [InlineData("\u0085")]
    public async Task A_name_that_is_a_trick(string name)
    {
        await using var bench = await FetchBench.StartAsync();
        var file = await bench.Repository.BlobAsync("x");
        var folder = await bench.Repository.RawTreeAsync(("100644", file, Encoding.UTF8.GetBytes(name)), ("100644", file, Encoding.UTF8.GetBytes(name)));
        await bench.Repository.CommitTreeAsync(await bench.Repository.RawTreeAsync(("40000", folder, "d"u8.ToArray())));
        (await bench.RefusalAsync()).Code.Should().BeOneOf("REPOSITORY_PATH_NOT_ALLOWED", "REPOSITORY_UNREADABLE");
        bench.Names().Should().NotContain(entry => entry.Contains("git", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_name_that_is_no_text()
    {
        await using var bench = await FetchBench.StartAsync();
        var file = await bench.Repository.BlobAsync("x");
        await bench.Repository.CommitTreeAsync(await bench.Repository.RawTreeAsync(("100644", file, [0xFF, 0xFE])));
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_PATH_NOT_ALLOWED");
    }

    [Fact]
    public async Task A_link_and_a_folder_of_the_same_name()
    {
        await using var bench = await FetchBench.StartAsync();
        var file = await bench.Repository.BlobAsync("x");
        var folder = await bench.Repository.RawTreeAsync(("100644", file, "evil"u8.ToArray()));
        await bench.Repository.CommitTreeAsync(await bench.Repository.RawTreeAsync(
            ("120000", await bench.Repository.BlobAsync("/tmp"), "a"u8.ToArray()), ("40000", folder, "a"u8.ToArray())));
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_PATH_NOT_ALLOWED");
    }

    [Fact]
    public async Task A_submodule_and_a_pointer_of_Git_LFS()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync([("160000", new string('1', 40), "vendor/lib")]);
        var submodule = await bench.RefusalAsync();
        submodule.Code.Should().Be("REPOSITORY_HAS_SUBMODULES");
        submodule.Message.Should().Contain("vendor/lib");

        await bench.Repository.CommitAsync(new Dictionary<string, string>
        {
            ["model.bin"] = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        });
        var pointer = await bench.RefusalAsync();
        pointer.Code.Should().Be("REPOSITORY_USES_LFS");
        pointer.Message.Should().Contain("model.bin");
    }

    [Fact]
    public async Task A_hundred_thousand_files()
    {
        await using var bench = await FetchBench.StartAsync();
        var file = await bench.Repository.BlobAsync("x");
        await bench.Repository.CommitAsync(Enumerable.Range(0, 100_000).Select(number => ("100644", file, $"{number % 100}/{number}")));
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_TOO_MANY_FILES");
        bench.Names().Should().BeEmpty("nothing is written before all is judged");
    }

    [Fact]
    public async Task Trees_that_unfold_to_ten_billion_files()
    {
        await using var bench = await FetchBench.StartAsync();
        var (mode, id) = ("100644", await bench.Repository.BlobAsync("x"));
        for (var level = 0; level < 10; level++)
        {
            var (below, belowMode) = (id, mode);
            id = await bench.Repository.RawTreeAsync(Enumerable.Range(0, 10).Select(number => (belowMode, below, Encoding.ASCII.GetBytes($"{number}"))));
            mode = "40000";
        }

        await bench.Repository.CommitTreeAsync(id);
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_TOO_MANY_FILES");
        Processes.WithArgument(bench.ScratchOfLast).Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_unfolds_and_a_pack_that_is_too_large()
    {
        await using var bench = await FetchBench.StartAsync();
        bench.Limits = new SourceLimits { LargestBytes = 4 * 1024 * 1024 };
        await bench.Repository.CommitAsync(new Dictionary<string, string> { ["zeros"] = new('0', 5 * 1024 * 1024) });
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_TOO_LARGE");
        var noise = new byte[8 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        await bench.Repository.CommitAsync(new Dictionary<string, string> { ["noise"] = Convert.ToBase64String(noise) });
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_TOO_LARGE");
        new DirectoryInfo(bench.ScratchOfLast).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
            .Should().BeLessThan(6 * 1024 * 1024);
    }
}
