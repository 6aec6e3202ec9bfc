using Nexus.Core.Secrets;

namespace Nexus.Core.Databases.Sources;

/// <summary>A database of an organisation's own that agents may inspect and query.</summary>
public sealed class DatabaseSource : ISealedRow
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }

    /// <summary>Unique in the organisation.</summary>
    public required string Name { get; init; }

    public required DatabaseEngine Engine { get; init; }
    public required string Host { get; init; }
    public required int Port { get; init; }
    public required string DatabaseName { get; init; }
    public required string Username { get; init; }
    public required DatabaseSslMode SslMode { get; init; }

    /// <summary>Which of the operator's keys the password is sealed with.</summary>
    public required string KeyId { get; set; }

    /// <summary>The password: nonce, tag and ciphertext (AES-256-GCM).</summary>
    public required byte[] Sealed { get; set; }

    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public string Place => SourcePasswords.PlaceOf(OrganizationId, Id, Name);
}
