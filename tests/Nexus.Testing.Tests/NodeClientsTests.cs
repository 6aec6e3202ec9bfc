using FluentAssertions;
using Xunit;

namespace Nexus.Testing.Tests;

public sealed class NodeClientsTests
{
    [Fact]
    public async Task The_client_libraries_load_in_Node_22() =>
        (await Shell.RunAsync(NodeClients.Script("loads"))).Required.Should().MatchRegex("^(function ){4}v22\\.");

    [Theory]
    [InlineData("conformance", "0.1.16")]
    [InlineData("conformance-next", "0.2.0-alpha.12")]
    public async Task The_conformance_suite_starts(string package, string version) =>
        (await Shell.RunAsync(NodeClients.Conformance(package, "--version"))).Required.Should().Be(version);

    [Theory]
    [InlineData("codex", "codex-cli")]
    [InlineData("inspector", "2.12")]
    public async Task The_clients_start(string program, string version) =>
        (await Shell.RunAsync(NodeClients.Program(program, "--version"))).Required.Should().Contain(version);
}
