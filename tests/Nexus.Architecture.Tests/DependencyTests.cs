using FluentAssertions;
using Xunit;

namespace Nexus.Architecture.Tests;

/// <summary>Arrows point one way: Server → Mcp, Auth, Ingress → Core.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void Core_knows_no_other_room() => Room.OtherRooms("Nexus.Core").Should().BeEmpty();

    [Theory]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("ModelContextProtocol")]
    [InlineData("OpenIddict")]
    [InlineData("Yarp")]
    public void Core_knows_nothing_of_the_surfaces(string library) =>
        Room.References("Nexus.Core").Should().NotContain(reference => reference.StartsWith(library, StringComparison.Ordinal));

    [Theory]
    [InlineData("Nexus.Auth")]
    [InlineData("Nexus.Ingress")]
    [InlineData("Nexus.Mcp")]
    public void A_surface_knows_Core_and_no_other_surface(string surface) =>
        Room.OtherRooms(surface).Should().Equal("Nexus.Core");

    [Fact]
    public void The_server_puts_all_rooms_together() =>
        Room.OtherRooms("Nexus.Server").Should().BeEquivalentTo("Nexus.Auth", "Nexus.Core", "Nexus.Ingress", "Nexus.Mcp");

    [Theory]
    [InlineData("ModelContextProtocol", "Nexus.Mcp")]
    [InlineData("OpenIddict", "Nexus.Auth")]
    [InlineData("Yarp", "Nexus.Ingress")]
    [InlineData("Docker.DotNet", "Nexus.Core")]
    public void A_library_is_known_to_one_room(string library, string room) =>
        new[] { "Nexus.Auth", "Nexus.Core", "Nexus.Ingress", "Nexus.Mcp", "Nexus.Server" }
            .Where(name => Room.References(name).Any(reference => reference.StartsWith(library, StringComparison.Ordinal)))
            .Should().BeSubsetOf([room]);
}
