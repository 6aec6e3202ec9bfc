using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nexus.Auth.Tests")]
