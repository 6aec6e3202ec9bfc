using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nexus.Core.Networking;

/// <summary>Trusts an operator's own certificate authorities besides the system's. Names, dates and signatures count as ever.</summary>
internal static class ExtraAuthorities
{
    /// <summary>Null, and with it the system's judgement, without a file.</summary>
    public static RemoteCertificateValidationCallback? Callback(string? file)
    {
        if (file is null) return null;
        var authorities = TryRead(file) ?? throw new InvalidOperationException($"There are no certificates in {file}.");
        return (_, certificate, chain, errors) => errors switch
        {
            SslPolicyErrors.None => true,
            SslPolicyErrors.RemoteCertificateChainErrors => IsTrusted((X509Certificate2)certificate!, chain!, authorities),
            _ => false,
        };
    }

    /// <summary>Null when the file can't be read.</summary>
    public static X509Certificate2Collection? TryRead(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
            return authorities;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }

    private static bool IsTrusted(X509Certificate2 certificate, X509Chain sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // As the system's judgement does by default.
        return chain.Build(certificate);
    }
}
