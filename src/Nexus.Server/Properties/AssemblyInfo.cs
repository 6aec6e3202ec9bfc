using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

[assembly: InternalsVisibleTo("Nexus.Server.Tests")]
[assembly: UnsupportedOSPlatform("windows")]
