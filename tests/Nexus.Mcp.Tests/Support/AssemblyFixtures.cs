using Nexus.Mcp.Tests.Support;
using Nexus.Testing;

[assembly: AssemblyFixture(typeof(McpServerFixture))]
[assembly: AssemblyFixture(typeof(Shared<DnsServer>))]
[assembly: AssemblyFixture(typeof(Shared<PostgresServer>))]
