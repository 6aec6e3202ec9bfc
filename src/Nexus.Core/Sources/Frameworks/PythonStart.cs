using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>How a Python application is started, and which server it needs beside its own packages.</summary>
internal sealed partial record PythonStart(string Command, string? Needs = null)
{
    private static readonly string[] Manifests = ["requirements.txt", "pyproject.toml"];
    private static readonly string[] Files = ["main.py", "app.py", "server.py", "wsgi.py"];

    public static PythonStart Of(SourceTree source)
    {
        if (Web().Match(source.Read("Procfile")) is { Success: true } web) return new(web.Groups[1].Value.Trim());
        var packages = string.Concat(Manifests.Select(source.Read)).ToLowerInvariant();
        var file = Files.FirstOrDefault(source.Has);
        if (source.Has("manage.py")) return Django(source, packages);
        if (packages.Contains("streamlit", StringComparison.Ordinal)) return new($"exec streamlit run {file ?? "app.py"} --server.port $PORT --server.address 0.0.0.0");
        var module = file is null ? null : Application().Match(source.Read(file)) is { Success: true } named ? $"{file[..^3]}:{named.Groups[1].Value}" : null;
        if (module is null) return new($"exec python {file ?? "main.py"}");
        return packages.Contains("fastapi", StringComparison.Ordinal) || packages.Contains("starlette", StringComparison.Ordinal)
            ? new($"exec uvicorn {module} --host 0.0.0.0 --port $PORT", Missing(packages, "uvicorn"))
            : new($"exec gunicorn {module} --bind 0.0.0.0:$PORT", Missing(packages, "gunicorn"));
    }

    private static PythonStart Django(SourceTree source, string packages)
    {
        var settings = Settings().Match(source.Read("manage.py"));
        var project = settings.Success ? settings.Groups[1].Value : "config";
        return new($"exec gunicorn {project}.wsgi --bind 0.0.0.0:$PORT", Missing(packages, "gunicorn"));
    }

    private static string? Missing(string packages, string server) => packages.Contains(server, StringComparison.Ordinal) ? null : server;

    [GeneratedRegex(@"^web:([^\r\n]{1,500})$", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex Web();

    [GeneratedRegex(@"^(\w{1,60})\s*(?::[^=\n]{0,60})?=\s*(?:Flask|FastAPI|Starlette|flask\.Flask|fastapi\.FastAPI)\(", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex Application();

    [GeneratedRegex(@"DJANGO_SETTINGS_MODULE[""'],\s*[""'](\w{1,60})\.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Settings();
}
