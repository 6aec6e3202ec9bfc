using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nexus.Benchmarks")]
[assembly: InternalsVisibleTo("Nexus.Core.Tests")]
