using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FluentAssertions;
using Xunit;

namespace Nexus.Core.Tests.Sources.Git;

/// <summary>Fetching by https: the host has to prove who it is.</summary>
public sealed class SecureTests
{
    [Fact]
    public async Task A_certificate_counts_when_the_operator_trusts_its_authority()
    {
        using var certificate = SelfSigned();
        await using var bench = await FetchBench.StartAsync(certificate);
        await bench.Repository.CommitAsync(new Dictionary<string, string> { ["a"] = "1" });

        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_UNREACHABLE");
        await bench.TrustAsync(certificate);
        (await bench.FetchAsync()).Files.Should().Be(1);
        (await bench.FetchAsync(url: bench.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal))).Files.Should().Be(1, "the pinned name is in the certificate");
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=git", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
