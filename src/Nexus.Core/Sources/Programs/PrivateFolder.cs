namespace Nexus.Core.Sources.Programs;

/// <summary>A temporary folder that only this process's user can look into, gone at the end.</summary>
internal sealed class PrivateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nexus-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A program that was killed still wrote there; the system's own clean-up of temporary files takes the rest.
        }
    }
}
