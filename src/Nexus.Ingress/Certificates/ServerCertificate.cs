using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nexus.Ingress.Certificates;

/// <summary>Reads a certificate with its key and chain from PEM.</summary>
internal static class ServerCertificate
{
    /// <exception cref="CryptographicException">It isn't for the domain, or not with the key.</exception>
    public static X509Certificate2 Read(string pem, string domain)
    {
        var certificate = X509Certificate2.CreateFromPem(pem, pem);
        if (certificate.MatchesHostname(domain)) return certificate;
        certificate.Dispose();
        throw new CryptographicException("The certificate is for another name.");
    }

    /// <summary>What a handshake needs: the certificate and the chain above it, as the authority gave it.</summary>
    public static SslStreamCertificateContext Prepare(string pem, string domain)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(Read(pem, domain), chain, offline: true);
    }
}
