using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nexus.Ingress.Certificates;
using Nexus.Server.Configuration;

namespace Nexus.Server.Startup;

/// <summary>Where Kestrel listens: plain http, and TLS beside it where the operator gave a port for it.</summary>
internal static class Listening
{
    public static void Configure(IWebHostBuilder host, ServerSettings settings)
    {
        host.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (settings.Https is not { } https || !settings.Plays(ServerRole.Ingress))
        {
            host.UseUrls(settings.ListenUrl);
            return;
        }

        host.UseKestrelHttpsConfiguration();
        host.ConfigureKestrel(kestrel =>
        {
            var url = BindingAddress.Parse(settings.ListenUrl);
            Listen(kestrel, url.Host, url.Port, _ => { });
            Listen(kestrel, url.Host, https.Port, listen => listen.UseNexusCertificates());
        });
    }

    private static void Listen(KestrelServerOptions kestrel, string host, int port, Action<ListenOptions> configure)
    {
        if (host == "localhost") kestrel.ListenLocalhost(port, configure);
        else if (IPAddress.TryParse(host.Trim('[', ']'), out var address)) kestrel.Listen(address, port, configure);
        else kestrel.ListenAnyIP(port, configure); // As Kestrel itself takes other names, such as *.
    }
}
