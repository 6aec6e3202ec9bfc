using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nexus.Core.Tests")]
