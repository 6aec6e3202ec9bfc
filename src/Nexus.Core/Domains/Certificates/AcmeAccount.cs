using Nexus.Core.Secrets;

namespace Nexus.Core.Domains.Certificates;

/// <summary>The key that the server is known by at a certificate authority, sealed.</summary>
public sealed class AcmeAccount : ISealedRow
{
    /// <summary>The authority's directory URL.</summary>
    public required string Directory { get; init; }

    public required string KeyId { get; set; }
    public required byte[] Sealed { get; set; }

    string ISealedRow.Place => PlaceOf(Directory);

    internal static string PlaceOf(string directory) => $"acme/{directory}";
}
