using System.Runtime.Versioning;
using FluentAssertions;
using Xunit;

namespace Nexus.Core.Tests.Sources.Git;

/// <summary>What a fetch brings, from a real Git host on loopback.</summary>
public sealed class FetchingTests
{
    [Fact]
    public async Task The_default_branch_comes_without_anything_of_gits_own()
    {
        await using var bench = await FetchBench.StartAsync();
        var commit = await bench.Repository.CommitAsync(new Dictionary<string, string> { ["Dockerfile"] = "FROM node:22\n", ["src/app.js"] = "run()\n" });

        var fetched = await bench.FetchAsync();

        fetched.Commit.Should().Be(commit);
        fetched.Files.Should().Be(2);
        fetched.Bytes.Should().Be(19);
        bench.Names().Should().Equal("Dockerfile", "src", "src/app.js");
        bench.Read("src/app.js").Should().Be("run()\n");
    }

    [Fact]
    public async Task A_branch_a_tag_and_a_commit_are_each_found_by_name()
    {
        await using var bench = await FetchBench.StartAsync();
        var first = await bench.Repository.CommitAsync(new Dictionary<string, string> { ["a"] = "1" });
        await bench.Repository.GitAsync(["tag", "light", first], "");
        await bench.Repository.GitAsync(["tag", "-a", "-m", "Version 1", "v1", first], "");
        var second = await bench.Repository.CommitAsync(new Dictionary<string, string> { ["a"] = "2" }, "feature/x");

        (await bench.FetchAsync("feature/x")).Commit.Should().Be(second);
        (await bench.FetchAsync("refs/heads/feature/x")).Commit.Should().Be(second);
        (await bench.FetchAsync("light")).Commit.Should().Be(first);
        (await bench.FetchAsync("v1")).Commit.Should().Be(first);
        bench.Read("a").Should().Be("1");
        (await bench.FetchAsync(first)).Commit.Should().Be(first);
        (await bench.ResolveAsync("v1")).Should().Be(first);
        (await bench.ResolveAsync()).Should().Be(first);
    }

    [Fact]
    public async Task Resolving_fetches_nothing()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(new Dictionary<string, string> { ["a"] = "1" });
        await bench.ResolveAsync();
        bench.Names().Should().BeEmpty();
        Directory.Exists(Path.Combine(bench.ScratchOfLast, "repository.git")).Should().BeFalse();
    }

    [Fact]
    public async Task Only_the_last_commit_comes()
    {
        await using var bench = await FetchBench.StartAsync();
        var old = await bench.Repository.BlobAsync(new string('x', 1000));
        await bench.Repository.CommitAsync([("100644", old, "old")]);
        await bench.Repository.CommitAsync(new Dictionary<string, string> { ["new"] = "1" });
        await bench.FetchAsync();
        var fetched = Path.Combine(bench.ScratchOfLast, "repository.git");
        var all = await Testing.Shell.RunAsync(
            new("git", $"--git-dir={fetched}", "cat-file", "--batch-all-objects", "--batch-check"), cancellation: TestContext.Current.CancellationToken);
        all.Required.Should().NotContain(old);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Executables_and_links_inside_stay_what_they_are()
    {
        await using var bench = await FetchBench.StartAsync();
        var script = await bench.Repository.BlobAsync("#!/bin/sh\n");
        await bench.Repository.CommitAsync(
        [
            ("100755", script, "bin/start"),
            ("120000", await bench.Repository.BlobAsync("../bin/start"), "links/start"),
        ]);
        await bench.FetchAsync();
        File.GetUnixFileMode(Path.Combine(bench.Files, "bin/start")).Should().HaveFlag(UnixFileMode.GroupExecute);
        bench.Read("links/start").Should().Be("#!/bin/sh\n");
    }

    [Fact]
    public async Task Attributes_and_hooks_of_a_repository_do_nothing()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(new Dictionary<string, string>
        {
            [".gitattributes"] = "* text eol=crlf ident filter=evil\n*.txt export-ignore\n",
            ["a.txt"] = "$Id$\n",
            [".gitconfig"] = "[core]\n\thooksPath = hooks\n",
            ["hooks/post-checkout"] = "#!/bin/sh\nexit 1\n",
        });
        await bench.FetchAsync();
        bench.Read("a.txt").Should().Be("$Id$\n");
    }

    [Fact]
    public async Task Names_in_any_script_come_as_they_are()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(new Dictionary<string, string> { ["größe/日本 語.txt"] = "1", ["-rf"] = "2", ["aux.c"] = "3", ["a\\b"] = "4" });
        await bench.FetchAsync();
        bench.Names().Should().Equal("-rf", "a\\b", "aux.c", "größe", "größe/日本 語.txt");
    }

    [Fact]
    public async Task No_process_is_left()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(new Dictionary<string, string> { ["a"] = "1" });
        await bench.FetchAsync();
        Processes.WithArgument(bench.ScratchOfLast).Should().BeEmpty();
    }
}
