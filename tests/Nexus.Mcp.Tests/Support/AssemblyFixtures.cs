using Nexus.Mcp.Tests.Support;

[assembly: AssemblyFixture(typeof(McpServerFixture))]
