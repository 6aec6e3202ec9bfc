using System.Text;
using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Sources.Archives;

/// <summary>A source that came as text: files by their paths, or one file of a framework.</summary>
internal sealed class CodeSource(SourceLimits limits)
{
    private static readonly Dictionary<string, string> MainFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["static"] = "index.html",
        ["html"] = "index.html",
        ["node"] = "index.js",
        ["nodejs"] = "index.js",
        ["javascript"] = "index.js",
        ["express"] = "index.js",
        ["python"] = "main.py",
        ["flask"] = "main.py",
        ["fastapi"] = "main.py",
        ["go"] = "main.go",
        ["golang"] = "main.go",
        ["php"] = "index.php",
        ["ruby"] = "app.rb",
    };

    /// <summary>What such a program needs beside it, as its own author would write it.</summary>
    private static readonly Dictionary<string, (string Path, string Content)> Companions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["go"] = ("go.mod", "module app\n\ngo 1.24\n"),
        ["golang"] = ("go.mod", "module app\n\ngo 1.24\n"),
        ["express"] = ("package.json", """{ "name": "app", "private": true, "dependencies": { "express": "^4" } }""" + "\n"),
        ["flask"] = ("requirements.txt", "flask\n"),
        ["fastapi"] = ("requirements.txt", "fastapi\nuvicorn\n"),
        ["ruby"] = ("Gemfile", "source \"https://rubygems.org\"\ngem \"sinatra\"\ngem \"rackup\"\ngem \"puma\"\n"),
    };

    /// <summary>The files that one text stands for.</summary>
    /// <exception cref="NexusException"><c>CODE_NEEDS_FILES</c>: a program of that framework is more than one file.</exception>
    public static IReadOnlyDictionary<string, string> FilesOf(string code, string framework)
    {
        if (!MainFiles.TryGetValue(framework, out var name))
            throw new NexusException(
                "CODE_NEEDS_FILES",
                $"One text can't be a whole '{ShownText.Of(framework)}' application.",
                $"Give the files by their paths, deploy from a repository, or use one of {string.Join(", ", MainFiles.Keys)}.",
                "framework");
        var files = new Dictionary<string, string> { [name] = code };
        if (Companions.TryGetValue(framework, out var companion)) files[companion.Path] = companion.Content;
        return files;
    }

    /// <summary>Writes the files into <see cref="SourceFolder.Files"/>.</summary>
    /// <exception cref="NexusException"><c>CODE_…</c>: a path isn't allowed, or it is too much or nothing.</exception>
    public async Task WriteAsync(IReadOnlyDictionary<string, string> files, SourceFolder folder, CancellationToken cancellationToken)
    {
        var writer = new SourceWriter(folder.Files, SourceKind.Text, limits);
        foreach (var (path, content) in files)
        {
            await using var file = writer.CreateFile(path, isExecutable: false);
            await file.WriteAsync(Encoding.UTF8.GetBytes(content), cancellationToken);
        }

        writer.Finish();
    }
}
