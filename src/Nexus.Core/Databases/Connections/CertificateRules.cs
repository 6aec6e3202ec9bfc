using System.Net.Security;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Networking;

namespace Nexus.Core.Databases.Connections;

/// <summary>What each SSL mode asks of a server's certificate.</summary>
internal static class CertificateRules
{
    /// <param name="authoritiesFile">Authorities that are trusted besides the system's; null for none.</param>
    /// <returns>Null where any certificate will do.</returns>
    public static RemoteCertificateValidationCallback? For(DatabaseSslMode mode, string? authoritiesFile)
    {
        RemoteCertificateValidationCallback isTrusted = ExtraAuthorities.Callback(authoritiesFile) ?? ((_, _, _, errors) => errors == SslPolicyErrors.None);
        return mode switch
        {
            DatabaseSslMode.VerifyFull => isTrusted,
            DatabaseSslMode.VerifyCa => (sender, certificate, chain, errors) =>
                certificate is not null
                && isTrusted(sender, certificate, chain, errors & ~SslPolicyErrors.RemoteCertificateNameMismatch),
            _ => null,
        };
    }
}
