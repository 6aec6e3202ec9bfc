using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nexus.Core.Networking;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>A client's web server with TLS on this machine, which serves its metadata document and keys as tests wish.</summary>
public sealed class DocumentSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;
    private readonly ConcurrentDictionary<string, RequestDelegate> _pages = new();
    private readonly ConcurrentDictionary<string, int> _visits = new();

    private DocumentSite(WebApplication app, TemporaryFolder folder) => (_app, _folder) = (app, folder);

    /// <summary>What lets the server come here: the name of this machine, and this site's own authority.</summary>
    public OutboundOptions Outbound => new() { AllowedHosts = ["localhost"], AuthoritiesFile = Path.Combine(_folder.Path, "ca.pem") };

    public int VisitsOf(string path) => _visits.GetValueOrDefault(path);

    public string UrlOf(string path) => $"https://localhost:{new Uri(_app.Urls.Single()).Port}{path}";

    public static async Task<DocumentSite> StartAsync()
    {
        var folder = new TemporaryFolder();
        var certificate = NewCertificate();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "ca.pem"), certificate.ExportCertificatePem());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var site = new DocumentSite(app, folder);
        app.Run(site.AnswerAsync);
        await app.StartAsync();
        return site;
    }

    public void Serve(string path, RequestDelegate page) => _pages[path] = page;

    public void ServeJson(string path, JsonNode body, string cacheControl = "max-age=600") => Serve(path, http =>
    {
        http.Response.Headers.CacheControl = cacheControl;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString());
    });

    /// <summary>A metadata document at the path, as it should be but for the change; its URL.</summary>
    public string ServeClient(string path, Action<JsonObject>? change = null)
    {
        var metadata = Agent.Metadata();
        metadata["client_id"] = UrlOf(path);
        change?.Invoke(metadata);
        ServeJson(path, metadata);
        return UrlOf(path);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        _visits.AddOrUpdate(path, 1, (_, count) => count + 1);
        if (_pages.TryGetValue(path, out var page)) return page(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
