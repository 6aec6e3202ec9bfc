namespace Nexus.Auth.Keys;

/// <summary>A key of ASP.NET Core's data protection (cookies, forms), shared by all nodes. Its secret part is sealed.</summary>
internal sealed class DataProtectionKey
{
    public required Guid Id { get; init; }
    public required string FriendlyName { get; init; }
    public required string Xml { get; set; }
}
