namespace Nexus.Core.Sources.Archives;

/// <summary>A source that is one file's text and the framework that it is for.</summary>
public static class CodeSource
{
    private const int LargestBytes = 512 * 1024;

    private static readonly Dictionary<string, string> Files = new(StringComparer.OrdinalIgnoreCase)
    {
        ["static"] = "index.html", ["html"] = "index.html",
        ["node"] = "index.js", ["nodejs"] = "index.js", ["javascript"] = "index.js", ["express"] = "index.js",
        ["python"] = "main.py", ["flask"] = "main.py", ["fastapi"] = "main.py",
        ["go"] = "main.go", ["golang"] = "main.go", ["php"] = "index.php", ["ruby"] = "app.rb",
    };

    /// <exception cref="NexusException"><c>INVALID_CODE</c>.</exception>
    public static async Task WriteAsync(string code, string framework, string folder, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(code) || code.Length > LargestBytes)
            throw new NexusException("INVALID_CODE", "'code' must be a program's text of at most 512 KiB.", "Put larger sources into a repository or a zip.", "code");
        if (!Files.TryGetValue(framework, out var name))
            throw new NexusException(
                "INVALID_CODE", "'code' can't be used with this framework: it needs more than one file.",
                $"Use one of {string.Join(", ", Files.Keys)}, or deploy from a repository.", "framework");
        await File.WriteAllTextAsync(Path.Combine(folder, name), code, cancellationToken);
        foreach (var (file, text) in Beside(framework, code)) await File.WriteAllTextAsync(Path.Combine(folder, file), text, cancellationToken);
    }

    /// <summary>What such a program needs beside it, as its own author would write it.</summary>
    private static IEnumerable<(string File, string Text)> Beside(string framework, string code)
    {
        var name = framework.ToLowerInvariant();
        if (name is "go" or "golang") yield return ("go.mod", "module app\n\ngo 1.24\n");
        if (name is "express") yield return ("package.json", """{ "name": "app", "private": true, "dependencies": { "express": "^4" } }""" + "\n");
        if (name is "flask") yield return ("requirements.txt", "flask\n");
        if (name is "fastapi") yield return ("requirements.txt", "fastapi\nuvicorn\n");
        if (name is "ruby") yield return ("Gemfile", code.Contains("sinatra", StringComparison.Ordinal)
            ? "source \"https://rubygems.org\"\ngem \"sinatra\"\ngem \"rackup\"\ngem \"puma\"\n" : "source \"https://rubygems.org\"\n");
    }
}
