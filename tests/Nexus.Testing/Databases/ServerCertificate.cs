using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nexus.Testing;

/// <summary>A certificate for <c>localhost</c> alone, as PostgreSQL wants its files, that is its own authority.</summary>
internal static class ServerCertificate
{
    /// <returns>The path of the authority's PEM file.</returns>
    public static async Task<string> WriteAsync(string folder, CancellationToken cancellation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        var file = Path.Combine(folder, "server.crt");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), cancellation);
        var keyFile = Path.Combine(folder, "server.key");
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
