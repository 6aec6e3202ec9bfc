using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Nexus.Testing;

/// <summary>A Git host on loopback: <c>git http-backend</c> over a folder of bare repositories, with what a test asks for around it.</summary>
public sealed class GitHost : IAsyncDisposable
{
    /// <summary>The host of every such address, which servers must be told to allow.</summary>
    public const string Name = "127.0.0.1";

    private readonly WebApplication _server;

    private GitHost(WebApplication server, string repositories)
    {
        _server = server;
        Repositories = repositories;
        Origin = server.Urls.Single();
    }

    public string Origin { get; }

    /// <summary>The folder whose bare repositories are served by their names.</summary>
    public string Repositories { get; }

    /// <summary>What every request must carry; null for a public host.</summary>
    public (string User, string Password)? Credential { get; set; }

    /// <summary>Comes before git; true when it has answered.</summary>
    public Func<HttpContext, Task<bool>>? Before { get; set; }

    /// <summary>Every request so far, as method, path and query.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The Authorization headers that came.</summary>
    public List<string> Authorizations { get; } = [];

    public string UrlOf(string repository) => $"{Origin}/{repository}.git";

    public static async Task<GitHost> StartAsync(string repositories, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, LoopbackPort.Next(), listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var server = builder.Build();
        GitHost? host = null;
        server.Run(context => host!.AnswerAsync(context));
        await server.StartAsync();
        return host = new(server, repositories);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        lock (Requests) Requests.Add($"{request.Method} {request.Path}{request.QueryString}");
        if (request.Headers.Authorization.ToString() is { Length: > 0 } authorization) lock (Requests) Authorizations.Add(authorization);
        if (Before is { } before && await before(context)) return;
        if (!IsOpen(request))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
            return;
        }

        await new GitBackend(Repositories).AnswerAsync(context);
    }

    private bool IsOpen(HttpRequest request) => Credential is not { } credential
        || request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Password}"))}";
}
