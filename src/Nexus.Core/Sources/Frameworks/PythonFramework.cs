using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>Python applications with requirements.txt, uv or poetry.</summary>
internal sealed partial class PythonFramework : IFramework
{
    private const int Port = 8000;
    private static readonly string[] Signs = ["uv.lock", "poetry.lock", "requirements.txt", "pyproject.toml", "manage.py", "main.py", "app.py"];

    public string Id => "python";

    public IReadOnlyList<string> Aliases => ["flask", "django", "fastapi", "streamlit", "uv", "poetry"];

    public string? Recognise(SourceTree source) =>
        Signs.FirstOrDefault(source.Has);

    public WrittenDockerfile Write(SourceTree source, BuildWishes wishes)
    {
        var image = $"python:{Version(source)}-slim";
        var port = wishes.Port ?? Port;
        var (tool, files, install) = Installer(source);
        var start = PythonStart.Of(source);
        var text = new DockerfileText().From(image, "build")
            .Line("ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1").Line("WORKDIR /app")
            .Line("RUN python -m venv /venv").Line("ENV PATH=/venv/bin:$PATH VIRTUAL_ENV=/venv")
            .LineIf(files.Length > 0, $"COPY {files} ./").Run(wishes.InstallCommand, install)
            .LineIf(start.Needs is not null, $"RUN {(tool == "uv" ? "uv " : "")}pip install {start.Needs}")
            .Line("COPY . .").Run(wishes.BuildCommand, null)
            .From(image).Line(string.Create(CultureInfo.InvariantCulture, $"ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PORT={port}")).Line("WORKDIR /app")
            .Line("COPY --from=build /venv /venv").Line("COPY --from=build --chown=1000:1000 /app ./").Line("USER 1000")
            .Line(string.Create(CultureInfo.InvariantCulture, $"EXPOSE {port}")).Start(wishes.StartCommand, start.Command);
        return new(text.ToString(), port,
            [$"Packages are installed with {tool} on {image}.", $"It is started with '{wishes.StartCommand ?? start.Command}' and listens on port {port}."]);
    }

    private static (string Tool, string Files, string? Install) Installer(SourceTree source)
    {
        if (source.Has("uv.lock"))
            return ("uv", "pyproject.toml uv.lock", "pip install uv && uv sync --active --frozen --no-dev --no-install-project");
        if (source.Has("poetry.lock"))
            return ("poetry", "pyproject.toml poetry.lock", "python -m venv /poetry && /poetry/bin/pip install poetry && /poetry/bin/poetry install --only main --no-root --no-interaction");
        if (source.Has("requirements.txt")) return ("pip", "requirements.txt", "pip install -r requirements.txt");
        return source.Has("pyproject.toml") ? ("pip", ".", "pip install .") : ("pip", "", null);
    }

    private static string Version(SourceTree source)
    {
        var match = Minor().Match(source.Read(".python-version"));
        if (!match.Success) match = Minor().Match(Required().Match(source.Read("pyproject.toml")).Value);
        return match.Success && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) >= 9 ? match.Value : "3.13";
    }

    [GeneratedRegex(@"3\.(\d{1,2})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Minor();

    [GeneratedRegex(@"^requires-python\s*=.*$", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex Required();
}
