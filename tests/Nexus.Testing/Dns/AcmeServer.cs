using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Nexus.Testing;

/// <summary>A certificate authority on loopback: pebble, which refuses some good nonces so that clients learn to try again.</summary>
public sealed class AcmeServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = LoopbackPort.Next();
    private readonly int _managementPort = LoopbackPort.Next();
    private ChildProcess? _process;

    public Uri Directory => new(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{_port}/dir"));

    /// <summary>Who vouches for the authority's own address, as PEM.</summary>
    public string AuthoritiesFile => _folder.At("authority.pem");

    /// <param name="httpPort">Where it visits domains, in place of port 80.</param>
    /// <param name="dns">Whom it asks for their addresses.</param>
    public static async Task<AcmeServer> StartAsync(int httpPort, IPEndPoint dns)
    {
        var server = new AcmeServer();
        await server.WriteCertificateAsync();
        await File.WriteAllTextAsync(server._folder.At("pebble.json"), server.Configuration(httpPort));
        server._process = ChildProcess.Start(new(Tool.Path("pebble"), "-config", server._folder.At("pebble.json"), "-dnsserver", dns.ToString())
        {
            Variables = new Dictionary<string, string?> { ["PEBBLE_VA_NOSLEEP"] = "1", ["PEBBLE_WFE_NONCEREJECT"] = "20" },
        });
        await Poll.UntilAsync(async () => await server.TryReadAsync(server.Directory) is not null, "pebble to answer", detail: server._process.Log.ToString);
        return server;
    }

    /// <summary>The root of the certificates that it issues.</summary>
    public async Task<X509Certificate2> RootAsync() => X509Certificate2.CreateFromPem(
        await TryReadAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{_managementPort}/roots/0")))
        ?? throw new InvalidOperationException($"pebble doesn't answer. {_process!.Log}"));

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process) await process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task WriteCertificateAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(AuthoritiesFile, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder.At("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private string Configuration(int httpPort) => JsonSerializer.Serialize(new
    {
        pebble = new
        {
            listenAddress = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}"),
            managementListenAddress = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_managementPort}"),
            certificate = AuthoritiesFile,
            privateKey = _folder.At("key.pem"),
            httpPort,
            tlsPort = httpPort,
            ocspResponderURL = "",
            externalAccountBindingRequired = false,
        },
    });

    private async Task<string?> TryReadAsync(Uri address)
    {
        if (_process!.HasExited) throw new InvalidOperationException($"pebble ended. {_process.Log}");
        // Only this process's own server is asked, and who it is doesn't matter here.
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var http = new HttpClient(handler);
        try
        {
            return await http.GetStringAsync(address);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
