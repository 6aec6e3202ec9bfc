using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Domains;

/// <summary>A certificate from a real authority, for a client that trusts that authority and nobody else.</summary>
public sealed class CertificateTests(Shared<DockerEngine> engines, Shared<DnsServer> names)
{
    private const string Domain = "secure.cert-test.example";

    [Fact]
    public async Task A_verified_domain_gets_a_certificate_and_answers_by_TLS()
    {
        var (dns, port, httpsPort) = (await names.GetAsync(), LoopbackPort.Next(), LoopbackPort.Next());
        await using var authority = await AcmeServer.StartAsync(port, dns.Resolvers[0]);
        await using var server = await StartAsync(dns, authority, port, httpsPort);
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();
        await DeployAsync(agent);
        await dns.AddAsync("secure.certs.test", "A", "127.0.0.1");
        await dns.AddAsync(Domain, "CNAME", "secure.certs.test");
        var added = await agent.CallAsync("nexusai_domains_add", new { deploymentId = "secure", domain = Domain });
        var domain = new { deploymentId = "secure", domainId = added.GetProperty("id").GetString() };
        using var root = await authority.RootAsync();
        (await VisitAsync(httpsPort, Domain, root)).Should().BeNull("it isn't verified");

        await agent.CallAsync("nexusai_domains_verify", domain);

        await Poll.UntilAsync(async () => await VisitAsync(httpsPort, Domain, root) is not null, "a certificate", TimeSpan.FromSeconds(60), server.Log.ToString);
        (await VisitAsync(httpsPort, Domain, root)).Should().StartWith("HTTP/1.1 200").And.Contain("hello");
        (await VisitAsync(httpsPort, "other.cert-test.example", root)).Should().BeNull();
        Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(server.Data, "nexus.db"))).Should().NotContain("PRIVATE KEY");
        server.Log.ToString().Should().NotContain("PRIVATE KEY");

        await DueNowAsync(server);
        await Poll.UntilAsync(() => server.Log.All.Count(line => line.Contains(Domain) && line.Contains("certificate until")) == 2, "a new certificate ahead of its end");

        await server.KillAsync();
        await server.StartAgainAsync();
        (await VisitAsync(httpsPort, Domain, root)).Should().Contain("hello", "the certificate is kept");

        await agent.CallAsync("nexusai_domains_remove", domain);
        await Poll.UntilAsync(async () => await VisitAsync(httpsPort, Domain, root) is null, "the certificate to be gone");
        await agent.CallAsync("nexusai_deploy_delete", new { deploymentId = "secure" });
    }

    private async Task<NexusServerProcess> StartAsync(DnsServer dns, AcmeServer authority, int port, int httpsPort) =>
        await NexusServerProcess.StartAsync(new NexusServerOptions
        {
            Docker = await engines.GetAsync(),
            Port = port,
            Variables = new Dictionary<string, string?>(ServerAgent.OwnerVariables)
            {
                ["Nexus__AppsDomain"] = "certs.test",
                ["Nexus__Domains__Resolvers"] = string.Join(',', dns.Resolvers),
                ["Nexus__Https__Port"] = httpsPort.ToString(CultureInfo.InvariantCulture),
                ["Nexus__Https__Directory"] = authority.Directory.AbsoluteUri,
                ["Nexus__Outbound__AllowedHosts"] = "localhost",
                ["Nexus__Outbound__AuthoritiesFile"] = authority.AuthoritiesFile,
            },
        });

    private static async Task DeployAsync(ServerAgent agent)
    {
        await agent.CallAsync("nexusai_deploy_create", new
        {
            image = BaseImage.Busybox.Tags[1],
            port = 8000,
            name = "secure",
            command = new[] { "sh", "-c", "echo hello >/tmp/index.html; exec httpd -f -p 8000 -h /tmp" },
        });
        (await agent.SettledStatusAsync("secure")).Should().Be("RUNNING");
    }

    /// <summary>Two thirds of the certificate's life go by.</summary>
    private static async Task DueNowAsync(NexusServerProcess server)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(server.Data, "nexus.db")}");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "UPDATE DomainCertificates SET NextAttemptAt = 0";
        (await command.ExecuteNonQueryAsync()).Should().Be(1);
    }

    /// <summary>The answer; null where there is no handshake that the root vouches for.</summary>
    private static async Task<string?> VisitAsync(int port, string name, X509Certificate2 root)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(client.GetStream());
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, CertificateChainPolicy = policy });
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return null;
        }

        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(tls);
        return await reader.ReadToEndAsync();
    }
}
