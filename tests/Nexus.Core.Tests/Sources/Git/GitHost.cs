using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nexus.Testing;

namespace Nexus.Core.Tests.Sources.Git;

/// <summary>A real git server by https on loopback: Kestrel in front of <c>git http-backend</c>. Below <c>/private</c> it wants a password.</summary>
internal sealed class GitHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _application;

    private GitHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var certificate = Certificate();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        _application = builder.Build();
        _application.Run(ServeAsync);
        File.WriteAllText(AuthoritiesFile, certificate.ExportCertificatePem());
        Directory.CreateDirectory(_folder.At("repositories"));
    }

    public string AuthoritiesFile => _folder.At("authority.pem");

    /// <summary>What was asked for, with the credentials that came along.</summary>
    public List<(string Path, string? Authorization)> Requests { get; } = [];

    public int Port => new Uri(_application.Urls.First()).Port;

    public static async Task<GitHost> StartAsync()
    {
        var host = new GitHost();
        await host._application.StartAsync();
        return host;
    }

    public string Url(string repository) => $"https://localhost:{Port}/{repository}";

    /// <summary>Makes a repository by a shell script that runs in an empty working copy.</summary>
    public async Task<string> AddAsync(string name, string script)
    {
        var bare = _folder.At("repositories", name);
        var work = _folder.At("work-" + Guid.NewGuid().ToString("N"));
        var made = await Shell.RunAsync(new("/bin/sh", "-ec", $"""
            git init -q --bare -b main '{bare}'; git init -q -b main '{work}'; cd '{work}'
            git config user.email a@b; git config user.name a
            {script}
            git push -q '{bare}' --all
            git rev-parse HEAD 2>/dev/null || true
            """));
        return made.Required.Split('\n')[^1];
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ServeAsync(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString() is { Length: > 0 } sent ? Encoding.UTF8.GetString(Convert.FromBase64String(sent[6..])) : null;
        var path = http.Request.Path.Value!;
        lock (Requests) Requests.Add((path, authorization));
        if (path.StartsWith("/trickle", StringComparison.Ordinal))
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        else if (path.StartsWith("/moved/", StringComparison.Ordinal))
            http.Response.Redirect($"https://127.0.0.1:{Port}/{path["/moved/".Length..]}{http.Request.QueryString}");
        else if (path.StartsWith("/plain/", StringComparison.Ordinal))
            http.Response.Redirect($"http://localhost:{Port}/{path["/plain/".Length..]}{http.Request.QueryString}");
        else if (path.StartsWith("/private", StringComparison.Ordinal) && authorization != "x-access-token:s3cret")
            (http.Response.StatusCode, http.Response.Headers.WWWAuthenticate) = (401, "Basic realm=\"git\"");
        else
            await BackendAsync(http);
    }

    private async Task BackendAsync(HttpContext http)
    {
        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["GIT_PROJECT_ROOT"] = _folder.At("repositories");
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_INFO"] = http.Request.Path.Value;
        start.Environment["QUERY_STRING"] = http.Request.QueryString.Value?.TrimStart('?');
        start.Environment["REQUEST_METHOD"] = http.Request.Method;
        start.Environment["CONTENT_TYPE"] = http.Request.ContentType;
        start.Environment["HTTP_CONTENT_ENCODING"] = http.Request.Headers.ContentEncoding;
        start.Environment["GIT_PROTOCOL"] = http.Request.Headers["Git-Protocol"];
        using var process = Process.Start(start)!;
        await http.Request.Body.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        using var answer = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(answer);
        await WriteAsync(http.Response, answer.ToArray());
    }

    /// <summary>Headers, an empty line and the body (RFC 3875 §6).</summary>
    private static async Task WriteAsync(HttpResponse response, byte[] answer)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var header in Encoding.ASCII.GetString(answer, 0, end).Split("\r\n").Select(line => line.Split(": ", 2)))
            if (header[0] == "Status") response.StatusCode = int.Parse(header[1][..3], System.Globalization.CultureInfo.InvariantCulture);
            else response.Headers[header[0]] = header[1];
        await response.Body.WriteAsync(answer.AsMemory(end + 4));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
