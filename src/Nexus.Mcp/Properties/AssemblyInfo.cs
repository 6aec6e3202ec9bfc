using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nexus.Mcp.Tests")]
