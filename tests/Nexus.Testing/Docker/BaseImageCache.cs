using System.Security.Cryptography;
using System.Text;

namespace Nexus.Testing;

/// <summary>Puts base images on an engine: from an archive of an earlier run, or by making them.</summary>
internal sealed class BaseImageCache(DockerCli docker)
{
    public async Task LoadAsync(BaseImage image, CancellationToken cancellation)
    {
        if ((await docker.TryAsync(["image", "inspect", image.Tags[0]], cancellation: cancellation)).ExitCode == 0)
            return;
        var archive = await CacheFolder.GetAsync(ArchiveName(image), file => MakeAsync(image, file, cancellation), cancellation);
        await docker.RunAsync("load", "--quiet", "--input", archive);
    }

    // A changed recipe is another archive.
    private static string ArchiveName(BaseImage image)
    {
        var recipe = new StringBuilder();
        for (var part = image; part is not null; part = part.From)
            recipe.Append(string.Join(' ', part.Tags)).AppendJoin("", RecipeFiles(part).Select(File.ReadAllText));
        return $"{image.Name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipe.ToString())))[..12]}.tar";
    }

    private static string[] RecipeFiles(BaseImage image) =>
        image == BaseImage.Debian ? [Tool.Script("debian-root.sh")] : [.. Directory.GetFiles(Folder(image)).Order(StringComparer.Ordinal)];

    private static string Folder(BaseImage image) => Path.Combine(AppContext.BaseDirectory, "Docker", "Images", image.Name);

    private async Task MakeAsync(BaseImage image, string archive, CancellationToken cancellation)
    {
        if (image == BaseImage.Debian)
            await ImportDebianAsync(image.Tags[0], cancellation);
        else
            await BuildAsync(image, cancellation);
        foreach (var tag in image.Tags.Skip(1))
            await docker.RunAsync("tag", image.Tags[0], tag);
        await docker.RunAsync(["save", "--output", archive, .. image.Tags]);
    }

    private async Task ImportDebianAsync(string tag, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var root = folder.At("root.tar");
        var made = await Shell.RunAsync(new(Tool.Script("debian-root.sh"), root), TimeSpan.FromMinutes(10), cancellation);
        _ = made.Required;
        await docker.RunAsync("import", "--change", "CMD [\"bash\"]", root, tag);
    }

    private async Task BuildAsync(BaseImage image, CancellationToken cancellation)
    {
        if (image.From is { } from)
            await LoadAsync(from, cancellation);
        using var context = new TemporaryFolder();
        foreach (var file in RecipeFiles(image))
            File.Copy(file, context.At(Path.GetFileName(file)));
        if (image == BaseImage.Busybox)
            File.Copy(Tool.Path("busybox"), context.At("busybox"));
        await docker.RunAsync("build", "--quiet", "--tag", image.Tags[0], context.Path);
    }
}
