using System.Text.RegularExpressions;
using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Architecture.Tests;

/// <summary>The table of requirements in <c>docs/oauth.md</c> names tests that are there, and gives a proof or a reason in each row.</summary>
public sealed partial class OAuthDocumentTests
{
    private const int FewestRows = 80;

    private static readonly string Document = File.ReadAllText(Repository.At("docs", "oauth.md"));

    [Fact]
    public void Every_test_that_it_names_exists()
    {
        var tests = Tests();
        var named = TestName().Matches(Document).Select(match => match.Groups["name"].Value).Distinct().ToList();
        named.Should().HaveCountGreaterThan(FewestRows / 2);
        named.Where(name => !tests.Contains(name)).Should().BeEmpty();
    }

    [Fact]
    public void Every_row_has_a_proof_or_a_reason()
    {
        var rows = Document[Document.IndexOf("## Requirements", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith('|') && !line.StartsWith("|---") && !line.EndsWith("| proof |"))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .ToList();
        rows.Should().HaveCountGreaterThan(FewestRows);
        rows.Should().OnlyContain(cells => cells.Length == 3);
        rows.Select(cells => cells[2]).Where(proof => !TestName().IsMatch(proof) && !Reason().IsMatch(proof)).Should().BeEmpty();
    }

    private static HashSet<string> Tests() =>
    [
        .. from file in Directory.EnumerateFiles(Repository.At("tests"), "*Tests.cs", SearchOption.AllDirectories)
           where !file.Split('/').Intersect(["bin", "obj"]).Any()
           from Match test in Test().Matches(File.ReadAllText(file))
           select $"{Path.GetFileNameWithoutExtension(file)}.{test.Groups["name"].Value}",
    ];

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*Tests\\.[A-Z][A-Za-z0-9_]*)`")]
    private static partial Regex TestName();

    [GeneratedRegex("^(No test yet: |Doesn't apply: |Not done: |Not taken|TLS ends |Only where )")]
    private static partial Regex Reason();

    [GeneratedRegex(@"public (?:async )?(?:Task|void) (?<name>[A-Z][A-Za-z0-9_]*)\(")]
    private static partial Regex Test();
}
