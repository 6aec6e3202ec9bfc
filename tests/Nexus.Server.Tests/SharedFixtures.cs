using Nexus.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Shared<DockerEngine>))]
