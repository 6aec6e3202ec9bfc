using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nexus.Ingress.Tests")]
