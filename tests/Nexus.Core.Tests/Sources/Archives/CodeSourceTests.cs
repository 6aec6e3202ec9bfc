using FluentAssertions;
using Nexus.Core.Sources.Archives;
using Xunit;

namespace Nexus.Core.Tests.Sources.Archives;

/// <summary>Sources that come as text.</summary>
public sealed class CodeSourceTests
{
    [Fact]
    public async Task Files_are_written_under_their_paths()
    {
        using var bench = new ZipBench();
        await bench.WriteAsync(new Dictionary<string, string> { ["package.json"] = "{}", ["src/größe.js"] = "ü" });
        (await File.ReadAllTextAsync(bench.At("src/größe.js"), TestContext.Current.CancellationToken)).Should().Be("ü");
    }

    [Fact]
    public async Task One_text_is_the_main_file_of_its_framework()
    {
        using var bench = new ZipBench();
        await bench.WriteAsync(CodeSource.FilesOf("print(1)", "Python"));
        bench.Names().Should().Equal("main.py");
        CodeSource.FilesOf("package main", "go").Keys.Should().Equal("main.go", "go.mod");
    }

    [Fact]
    public void One_text_cannot_be_a_framework_of_many_files() =>
        FluentActions.Invoking(() => CodeSource.FilesOf("x", "rails\n")).Should().Throw<NexusException>().Which.Code.Should().Be("CODE_NEEDS_FILES");

    [Theory]
    [InlineData("../a")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("a/")]
    [InlineData(".git/config")]
    [InlineData("a\0b")]
    public async Task A_path_that_leads_elsewhere_is_refused(string path)
    {
        using var bench = new ZipBench();
        var refusal = await ZipBench.RefusalAsync(() => bench.WriteAsync(new Dictionary<string, string> { [path] = "x" }));
        refusal.Code.Should().Be("CODE_PATH_NOT_ALLOWED");
        bench.Outside().Should().BeEmpty();
    }

    [Fact]
    public async Task A_path_that_is_no_text_is_refused()
    {
        using var bench = new ZipBench();
        var refusal = await ZipBench.RefusalAsync(() => bench.WriteAsync(new Dictionary<string, string> { [$"a{(char)0xD800}"] = "x" }));
        refusal.Code.Should().Be("CODE_PATH_NOT_ALLOWED");
    }

    [Fact]
    public async Task No_files_and_too_much_are_refused()
    {
        using var bench = new ZipBench { Limits = new() { LargestBytes = 10 } };
        (await ZipBench.RefusalAsync(() => bench.WriteAsync(new Dictionary<string, string>()))).Code.Should().Be("CODE_EMPTY");
        (await ZipBench.RefusalAsync(() => bench.WriteAsync(new Dictionary<string, string> { ["a"] = new('x', 11) }))).Code.Should().Be("CODE_TOO_LARGE");
    }
}
