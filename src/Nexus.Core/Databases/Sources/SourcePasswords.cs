using System.Security.Cryptography;
using System.Text;
using Nexus.Core.Secrets;

namespace Nexus.Core.Databases.Sources;

/// <summary>Seals the passwords of sources as the vault seals secrets, bound to owner and name, and opens them for a connection alone.</summary>
public sealed class SourcePasswords(VaultCipher cipher)
{
    internal SealedValue Seal(Guid organizationId, Guid sourceId, string name, string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        var box = cipher.Seal(PlaceOf(organizationId, sourceId, name), bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return box;
    }

    internal string Open(DatabaseSource source)
    {
        try
        {
            return Encoding.UTF8.GetString(cipher.Open(source.Place, new(source.KeyId, source.Sealed)));
        }
        catch (CryptographicException)
        {
            throw SourceErrors.Unreadable();
        }
    }

    internal static string PlaceOf(Guid organizationId, Guid sourceId, string name) =>
        $"database/{organizationId:N}/{sourceId:N}/{name}";
}
