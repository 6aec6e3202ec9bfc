using Docker.DotNet.Models;
using FluentAssertions;
using Nexus.Core.Providers;
using Nexus.Core.Providers.Docker;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

public sealed class ContainerSettingsTests
{
    private static readonly ReplicaSpec Spec = new()
    {
        OrganizationId = Guid.Parse("00000000-0000-0000-0000-00000000000a"),
        ProjectId = Guid.Parse("00000000-0000-0000-0000-00000000000b"),
        DeploymentId = Guid.Parse("00000000-0000-0000-0000-00000000000c"),
        DeploymentName = "web",
        Revision = 3,
        Ordinal = 1,
        Image = "nginx@sha256:1",
        Port = 80,
        Variables = new Dictionary<string, string>(),
        Command = [],
        Limits = ReplicaLimits.Default,
    };

    [Fact]
    public void The_name_follows_from_what_the_replica_is()
    {
        ContainerSettings.NameOf(Spec).Should().Be("nexus-web-r3-1-0000000000000000000000000000000c");
        ContainerSettings.NameOf(Spec with { Ordinal = 2 }).Should().NotBe(ContainerSettings.NameOf(Spec));
        ContainerSettings.NameOf(Spec with { Revision = 4 }).Should().NotBe(ContainerSettings.NameOf(Spec));
    }

    [Fact]
    public void The_labels_say_whose_it_is() => Made(Spec).Labels.Should().Equal(new Dictionary<string, string>
    {
        ["nexus.organization"] = "00000000-0000-0000-0000-00000000000a",
        ["nexus.project"] = "00000000-0000-0000-0000-00000000000b",
        ["nexus.deployment"] = "00000000-0000-0000-0000-00000000000c",
        ["nexus.revision"] = "3",
        ["nexus.replica"] = "1",
        ["nexus.port"] = "80",
    });

    [Fact]
    public void Nothing_of_the_machine_is_handed_in()
    {
        var host = Made(Spec).HostConfig!;

        host.Privileged.Should().BeFalse();
        host.CapDrop.Should().Equal("ALL");
        host.SecurityOpt.Should().Equal("no-new-privileges");
        host.NetworkMode.Should().Be("network");
        new object?[] { host.Binds, host.Mounts, host.Devices, host.VolumesFrom, host.ExtraHosts }.Should().AllSatisfy(given => given.Should().BeNull());
        new[] { host.PidMode, host.IpcMode, host.UTSMode, host.UsernsMode, host.CgroupParent }.Should().AllBe("");
    }

    [Fact]
    public void A_port_is_published_only_where_replicas_are_reached_so()
    {
        Made(Spec).HostConfig!.PortBindings.Should().BeEmpty();
        var binding = Made(Spec, published: true).HostConfig!.PortBindings["80/tcp"].Should().ContainSingle().Which;
        (binding.HostIP, binding.HostPort).Should().Be(("127.0.0.1", ""));
    }

    [Theory]
    [InlineData(61, 63)]
    [InlineData(63, 63)]
    public void The_host_name_is_one_that_Linux_takes(int nameLength, int length)
    {
        var hostname = Made(Spec with { DeploymentName = new string('a', nameLength) }).Hostname;

        hostname.Should().HaveLength(length).And.EndWith("a-1");
    }

    private static CreateContainerParameters Made(ReplicaSpec spec, bool published = false) =>
        ContainerSettings.For(spec, "network", new ConnectedEngine(null!, "28.0.0", new System.Version(1, 44), 2, published), "127.0.0.1");
}
