using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nexus.Server.Tests")]
