using System.Globalization;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>PHP under Apache. Composer comes from Debian, because its own image is none of the approved ones.</summary>
internal sealed class PhpFramework : IFramework
{
    private const int Port = 8080;
    private static readonly string[] Signs = ["composer.json", "index.php", "public/index.php"];

    public string Id => "php";

    public IReadOnlyList<string> Aliases => ["laravel", "symfony", "slim", "composer"];

    public string? Recognise(SourceTree source) => Signs.FirstOrDefault(source.Has);

    public WrittenDockerfile Write(SourceTree source, BuildWishes wishes)
    {
        var port = wishes.Port ?? Port;
        var hasComposer = source.Has("composer.json");
        var root = wishes.OutputDir?.TrimEnd('/') ?? (source.Has("public/index.php") ? "public" : "");
        var folder = root.Length == 0 ? "/var/www/html" : $"/var/www/html/{root}";
        var text = new DockerfileText().From("debian:bookworm-slim", "build")
            .LineIf(hasComposer, "RUN apt-get update && apt-get install -y --no-install-recommends composer git unzip && rm -rf /var/lib/apt/lists/*")
            .Line("WORKDIR /app").LineIf(hasComposer, source.Has("composer.lock") ? "COPY composer.json composer.lock ./" : "COPY composer.json ./")
            .Run(wishes.InstallCommand, hasComposer ? "composer install --no-dev --no-scripts --no-autoloader --ignore-platform-reqs --no-interaction" : null)
            .Line("COPY . .").LineIf(hasComposer && wishes.InstallCommand is null, "RUN composer dump-autoload --no-dev --no-scripts --optimize --ignore-platform-reqs")
            .Run(wishes.BuildCommand, null)
            .From("php:8.4-apache").Line("RUN docker-php-ext-install pdo_mysql && a2enmod rewrite")
            .Line(string.Create(CultureInfo.InvariantCulture, $"RUN sed -ri 's/^Listen 80$/Listen {port}/' /etc/apache2/ports.conf && sed -ri 's!:80>!:{port}>!; s!/var/www/html!{folder}!' /etc/apache2/sites-available/*.conf"))
            .Line("COPY --from=build --chown=33:33 /app /var/www/html").Line(string.Create(CultureInfo.InvariantCulture, $"ENV PORT={port}")).Line("USER 33")
            .Line(string.Create(CultureInfo.InvariantCulture, $"EXPOSE {port}")).Start(wishes.StartCommand, "exec apache2-foreground");
        return new(text.ToString(), port, [hasComposer ? "Packages are installed with Composer." : "There are no packages.", $"Apache serves {folder} on port {port}."]);
    }
}
