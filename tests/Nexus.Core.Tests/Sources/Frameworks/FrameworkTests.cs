using FluentAssertions;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Dockerfiles.Policy;
using Nexus.Core.Sources.Frameworks;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Sources.Frameworks;

public sealed class FrameworkTests
{
    private static readonly DockerfilePolicy Policy = new(new ImagePolicy(new ImageOptions()));
    private static readonly BuildRecipes Recipes = new(Policy);

    public static TheoryData<string, string> Samples() => new()
    {
        { "static", "static" }, { "node-npm", "node" }, { "node-pnpm", "node" }, { "node-yarn", "node" }, { "node-site", "node" },
        { "python-requirements", "python" }, { "python-uv", "python" }, { "python-poetry", "python" },
        { "go", "go" }, { "dotnet", "dotnet" }, { "ruby", "ruby" }, { "php", "php" }, { "rust", "rust" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_recognised_and_gets_its_Dockerfile(string sample, string framework)
    {
        var recipe = Recipes.Choose(Sample(sample), new BuildWishes(), null);

        recipe.Framework.Should().Be(framework);
        recipe.Notes.Should().HaveCountGreaterThan(1).And.OnlyContain(note => note.EndsWith('.'));
        recipe.Dockerfile.Should().Be(File.ReadAllText(Repository.At("tests", "samples", $"{sample}.dockerfile")));
    }

    /// <summary>Whatever is asked of it.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void A_written_Dockerfile_passes_our_own_policy_and_runs_without_root(string sample, string framework)
    {
        var wishes = new BuildWishes { Framework = framework, InstallCommand = "make install", BuildCommand = "make \"it\" && echo $X", StartCommand = "./serve --port $PORT", Port = 9000 };

        foreach (var wish in new[] { new BuildWishes(), wishes, wishes with { OutputDir = "dist", StartCommand = null } })
        {
            var recipe = Recipes.Choose(Sample(sample), wish, null);
            Policy.Judge(recipe.Dockerfile).Should().BeEmpty();
            recipe.Dockerfile.Split("FROM ")[^1].Should().Contain("\nUSER ").And.Contain($"\nEXPOSE {recipe.Port}\n").And.Contain("\nCMD [");
        }
    }

    [Fact]
    public void The_callers_commands_take_the_place_of_ours()
    {
        var recipe = Recipes.Choose(Sample("node-npm"), new BuildWishes { InstallCommand = "npm i", BuildCommand = "make", StartCommand = "node x.js", Port = 4000 }, null);

        recipe.Dockerfile.Should().Contain("""RUN ["sh", "-c", "npm i"]""").And.Contain("""RUN ["sh", "-c", "make"]""")
            .And.Contain("""CMD ["sh", "-c", "node x.js"]""").And.Contain("EXPOSE 4000").And.NotContain("npm ci");
        recipe.Port.Should().Be(4000);
    }

    [Fact]
    public void An_output_folder_makes_a_site_of_a_Node_project() =>
        Recipes.Choose(Sample("node-npm"), new BuildWishes { OutputDir = "out" }, null).Dockerfile
            .Should().Contain("COPY --from=build /app/out /usr/share/nginx/html");

    [Fact]
    public void The_sources_own_Dockerfile_comes_before_detection_and_a_given_one_before_both()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("package.json"), "{}");
        File.WriteAllText(folder.At("Dockerfile"), "FROM debian:12\n");
        var source = new SourceTree(folder.Path);

        Recipes.Choose(source, new BuildWishes(), null).Dockerfile.Should().Be("FROM debian:12\n");
        Recipes.Choose(source, new BuildWishes(), "FROM alpine:3\n").Dockerfile.Should().Be("FROM alpine:3\n");
        Recipes.Choose(source, new BuildWishes { Framework = "Express" }, null).Framework.Should().Be("node");
    }

    [Fact]
    public void A_Dockerfile_of_the_source_is_judged_like_any_other()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("Dockerfile"), "FROM postfix:latest\n");

        Refusal(new SourceTree(folder.Path), new BuildWishes()).Should().Be("DOCKERFILE_REJECTED");
        File.WriteAllText(folder.At("Dockerfile"), "FROM debian:12\n" + new string('#', 3_000_000));
        Refusal(new SourceTree(folder.Path), new BuildWishes()).Should().Be("DOCKERFILE_REJECTED");
    }

    [Fact]
    public void A_source_that_looks_like_nothing_is_refused_with_the_ways_out()
    {
        using var folder = new TemporaryFolder();

        Refusal(new SourceTree(folder.Path), new BuildWishes()).Should().Be("FRAMEWORK_NOT_DETECTED");
        Refusal(new SourceTree(folder.Path), new BuildWishes { Framework = "cobol" }).Should().Be("UNKNOWN_FRAMEWORK");
    }

    [Fact]
    public void A_link_is_no_file_of_the_source()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.At("Dockerfile"), "/etc/passwd");

        new SourceTree(folder.Path).Has("Dockerfile").Should().BeFalse();
        new SourceTree(folder.Path).Has("../../etc/passwd").Should().BeFalse();
    }

    [Theory]
    [InlineData("a\nRUN curl", null, null)]
    [InlineData("", null, null)]
    [InlineData("\0", null, null)]
    [InlineData(null, "../out", null)]
    [InlineData(null, "/etc", null)]
    [InlineData(null, "a b", null)]
    [InlineData(null, null, 0)]
    [InlineData(null, null, 65536)]
    public void A_setting_that_could_be_something_else_is_refused(string? command, string? folder, int? port) =>
        Refusal(Sample("node-npm"), new BuildWishes { BuildCommand = command, OutputDir = folder, Port = port }).Should().Be("INVALID_BUILD_SETTING");

    private static SourceTree Sample(string name) => new(Repository.At("tests", "samples", name));

    private static string Refusal(SourceTree source, BuildWishes wishes) =>
        FluentActions.Invoking(() => Recipes.Choose(source, wishes, null)).Should().Throw<NexusException>().Which.Code;
}
