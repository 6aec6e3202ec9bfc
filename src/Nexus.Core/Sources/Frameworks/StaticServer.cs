using System.Globalization;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>The last stage of everything that ends in plain files: nginx without root, any unknown path answered by index.html.</summary>
internal static class StaticServer
{
    public const int Port = 8080;

    /// <param name="text">The Dockerfile so far.</param>
    /// <param name="port">Where nginx listens.</param>
    /// <param name="startCommand">The caller's, instead of nginx itself.</param>
    /// <param name="files">What COPY takes.</param>
    public static void Serve(DockerfileText text, int port, string? startCommand, string files) => text
        .From("nginx:alpine")
        .Line($"RUN printf '%s\\n' {string.Join(' ', Configuration(port).Select(line => $"'{line}'"))} > /etc/nginx/nginx.conf && rm -rf /usr/share/nginx/html/*")
        .Line($"COPY {files} /usr/share/nginx/html")
        .Line("USER 101")
        .Line(string.Create(CultureInfo.InvariantCulture, $"EXPOSE {port}"))
        .Start(startCommand, "exec nginx -g 'daemon off;'");

    private static string[] Configuration(int port) =>
    [
        "pid /tmp/nginx.pid;", "error_log /dev/stderr warn;", "events {}", "http {", "include /etc/nginx/mime.types;", "access_log /dev/stdout;",
        "client_body_temp_path /tmp/body; proxy_temp_path /tmp/proxy; fastcgi_temp_path /tmp/fastcgi; uwsgi_temp_path /tmp/uwsgi; scgi_temp_path /tmp/scgi;",
        "sendfile on; gzip on; server_tokens off;",
        string.Create(CultureInfo.InvariantCulture, $"server {{ listen {port}; root /usr/share/nginx/html;"),
        "location ~ /\\. { return 404; }", "location / { try_files $uri $uri/ /index.html =404; } } }",
    ];
}
