using Nexus.Core.Tests.Databases.Safety;
using Nexus.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Shared<DnsServer>))]
[assembly: AssemblyFixture(typeof(Shared<DockerEngine>))]
[assembly: AssemblyFixture(typeof(Shared<LocalRegistry>))]
[assembly: AssemblyFixture(typeof(Shared<PostgresServer>))]
[assembly: AssemblyFixture(typeof(Shared<SafetyDatabase>))]
