using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nexus.FaultyServer")]
[assembly: InternalsVisibleTo("Nexus.Server.Tests")]
