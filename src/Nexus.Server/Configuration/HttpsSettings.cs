using Nexus.Ingress.Certificates;

namespace Nexus.Server.Configuration;

/// <summary>TLS for custom domains: the port, and where certificates come from. Off without a port.</summary>
/// <param name="Port">Where the ingress speaks TLS, on the same address as plain http.</param>
/// <param name="Certificates">The certificate authority.</param>
/// <param name="Authority">Its name in CAA records.</param>
internal sealed record HttpsSettings(int Port, CertificateOptions Certificates, string Authority)
{
    public static HttpsSettings? Read(SettingValues values)
    {
        var defaults = new CertificateOptions();
        var directory = values.Address("Nexus:Https:Directory") is { } text ? new Uri(text) : defaults.Directory;
        if (directory.Scheme != Uri.UriSchemeHttps)
            values.Complain("Nexus:Https:Directory", "is not an https address.", "Give the ACME directory of the authority.");
        var email = values.Text("Nexus:Https:Email");
        if (email is not null && !email.Contains('@')) values.Complain("Nexus:Https:Email", "is not an e-mail address.", "Leave it out for none.");
        var authority = values.Text("Nexus:Https:Authority") ?? "letsencrypt.org";
        return values.Number("Nexus:Https:Port", 1, 65535) is { } port
            ? new(port, defaults with { Directory = directory, Email = email }, authority)
            : null;
    }
}
