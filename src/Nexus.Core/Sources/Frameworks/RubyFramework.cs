using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>Ruby applications with a Gemfile: Rails, Sinatra and whatever Rack runs.</summary>
internal sealed partial class RubyFramework : IFramework
{
    private const int Port = 3000;

    public string Id => "ruby";

    public IReadOnlyList<string> Aliases => ["rails", "sinatra", "rack"];

    public string? Recognise(SourceTree source) => source.Has("Gemfile") ? "Gemfile" : null;

    public WrittenDockerfile Write(SourceTree source, BuildWishes wishes)
    {
        var version = Version().Match(source.Read(".ruby-version")) is { Success: true } found ? found.Value : "3.4";
        var isRails = source.Has("bin/rails");
        var port = wishes.Port ?? Port;
        var start = isRails ? "exec bin/rails server -b 0.0.0.0 -p $PORT"
            : source.Has("config.ru") ? "exec bundle exec rackup -o 0.0.0.0 -p $PORT" : "exec bundle exec ruby app.rb -o 0.0.0.0 -p $PORT";
        var text = new DockerfileText().From($"ruby:{version}-slim", "build")
            .Line("RUN apt-get update && apt-get install -y --no-install-recommends build-essential git libpq-dev libyaml-dev && rm -rf /var/lib/apt/lists/*")
            .Line("ENV BUNDLE_WITHOUT=development:test").Line("WORKDIR /app")
            .Line(source.Has("Gemfile.lock") ? "COPY Gemfile Gemfile.lock ./" : "COPY Gemfile ./").Run(wishes.InstallCommand, "bundle install")
            .Line("COPY . .").Run(wishes.BuildCommand, isRails ? "SECRET_KEY_BASE_DUMMY=1 RAILS_ENV=production bundle exec rails assets:precompile" : null)
            .From($"ruby:{version}-slim")
            .Line("RUN apt-get update && apt-get install -y --no-install-recommends libpq5 libyaml-0-2 && rm -rf /var/lib/apt/lists/*")
            .Line(string.Create(CultureInfo.InvariantCulture, $"ENV RACK_ENV=production RAILS_ENV=production RAILS_LOG_TO_STDOUT=1 BUNDLE_WITHOUT=development:test PORT={port}"))
            .Line("WORKDIR /app").Line("COPY --from=build /usr/local/bundle /usr/local/bundle").Line("COPY --from=build --chown=1000:1000 /app ./")
            .Line("USER 1000").Line(string.Create(CultureInfo.InvariantCulture, $"EXPOSE {port}")).Start(wishes.StartCommand, start);
        return new(text.ToString(), port,
            [$"Gems are installed with Bundler on Ruby {version}.", $"It is started with '{wishes.StartCommand ?? start}' and listens on port {port}."]);
    }

    [GeneratedRegex(@"\d\.\d{1,2}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();
}
