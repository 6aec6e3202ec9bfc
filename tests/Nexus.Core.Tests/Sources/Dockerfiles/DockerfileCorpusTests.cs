using System.Globalization;
using FluentAssertions;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Dockerfiles.Policy;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Sources.Dockerfiles;

/// <summary>Every file of <c>tests/corpora/dockerfiles</c> against its verdict, as written and in other ways to write the same.</summary>
public sealed class DockerfileCorpusTests
{
    private static readonly DockerfilePolicy Policy = new(new ImagePolicy(new ImageOptions()));

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Corpus, "*.dockerfile", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Corpus, file)).Order(StringComparer.Ordinal)];

    private static string Corpus => Repository.At("tests", "corpora", "dockerfiles");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_Dockerfile_gets_its_verdict(string file) =>
        Verdict(Read(file)).Should().Equal(Expected(file));

    [Theory]
    [MemberData(nameof(Files))]
    public void Windows_line_ends_change_no_verdict(string file) =>
        Verdict(Read(file).ReplaceLineEndings("\r\n")).Should().Equal(Expected(file));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_byte_order_mark_changes_no_verdict(string file) =>
        Verdict('\uFEFF' + Read(file).TrimStart('\uFEFF')).Should().Equal(Expected(file));

    [Theory]
    [MemberData(nameof(Files))]
    public void The_case_of_keywords_changes_no_verdict(string file)
    {
        var folded = Read(file).Split('\n').Select(line =>
            line.Split(' ', 2) is [var word, var rest] && word.Length > 1 && word.All(char.IsAsciiLetterUpper)
                ? $"{word[..1]}{word[1..].ToLowerInvariant()} {rest}" : line);

        Verdict(string.Join('\n', folded)).Should().Equal(Expected(file));
    }

    [Fact]
    public void The_corpus_is_large_enough()
    {
        Files().Count(file => file.Data.StartsWith("hostile/", StringComparison.Ordinal)).Should().BeGreaterThanOrEqualTo(60);
        Files().Count(file => file.Data.StartsWith("legitimate/", StringComparison.Ordinal)).Should().BeGreaterThanOrEqualTo(40);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Corpus, file), new System.Text.UTF8Encoding(false));

    private static string[] Expected(string file) =>
        [.. File.ReadAllLines(Path.Combine(Corpus, Path.ChangeExtension(file, "verdict"))).Where(line => line != "allowed")];

    private static string[] Verdict(string dockerfile) =>
        [.. Policy.Judge(dockerfile).Select(violation => string.Create(CultureInfo.InvariantCulture, $"{violation.Line} {violation.Rule}"))];
}
