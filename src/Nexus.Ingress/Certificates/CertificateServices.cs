using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Ingress.Certificates;

/// <summary>Adds TLS for verified domains to the ingress.</summary>
public static class CertificateServices
{
    public static IServiceCollection AddNexusCertificates(this IServiceCollection services, CertificateOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ChallengeResponder>();
        services.AddSingleton<LiveCertificates>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveCertificates>());
        services.AddHostedService<CertificateWorker>();
        return services;
    }

    /// <summary>Speaks TLS with the certificate of the name that the client asks for; without one there is no handshake.</summary>
    public static void UseNexusCertificates(this ListenOptions listen)
    {
        var certificates = listen.ApplicationServices.GetRequiredService<LiveCertificates>();
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = connection => certificates.Find(connection.ClientHelloInfo.ServerName) is { } found
                ? ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = found })
                : throw new AuthenticationException("There is no certificate for the name that was asked for."),
        });
    }
}
