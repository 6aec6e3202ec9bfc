using System.Text.RegularExpressions;
using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Architecture.Tests;

/// <summary>Rules that the compiler doesn't know.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] Generated = ["bin", "obj", "Migrations"];

    [Fact]
    public void Time_comes_from_the_TimeProvider() =>
        ProductFiles().Where(file => Clock().IsMatch(File.ReadAllText(file))).Should().BeEmpty();

    [Fact]
    public void A_file_is_one_idea() =>
        ProductFiles().Where(file => File.ReadLines(file).Count() >= 400).Should().BeEmpty();

    [Fact]
    public void The_clients_come_from_whatever_registry_a_machine_uses() =>
        File.ReadAllText(Repository.At("tests", "clients", "package-lock.json")).Should().NotContain("\"resolved\"");

    private static IEnumerable<string> ProductFiles() =>
        Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split('/').Intersect(Generated).Any());

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex Clock();
}
