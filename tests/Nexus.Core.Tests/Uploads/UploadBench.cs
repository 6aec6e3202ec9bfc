using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Sources;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Tests.Sources.Archives;
using Nexus.Core.Uploads;
using Nexus.Testing;

namespace Nexus.Core.Tests.Uploads;

/// <summary>The core with an engine that nothing is deployed to, and archives to upload.</summary>
internal sealed class UploadBench(CoreHost host) : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public CoreHost Host => host;

    public static async Task<UploadBench> StartAsync(
        DatabaseKind kind, Shared<PostgresServer> postgres, Shared<DockerEngine>? engines = null, UploadOptions? uploads = null,
        SourceLimits? sources = null, TimeProvider? time = null) => new(await CoreHost.StartAsync(
            await CoreHost.NewDatabaseAsync(kind, postgres),
            engines is null ? "unix:///nonexistent/docker.sock" : (await engines.GetAsync()).Endpoint.OriginalString,
            uploads: uploads, sources: sources, time: time));

    /// <summary>An archive of one file that no packing makes smaller.</summary>
    public static byte[] Zip(int bytes = 100)
    {
        var content = new byte[bytes];
        new Random(bytes).NextBytes(content);
        return ZipBench.Pack(zip =>
        {
            using var file = zip.CreateEntry("index.html", System.IO.Compression.CompressionLevel.NoCompression).Open();
            file.Write(content);
        });
    }

    public Task<UploadReceipt> UploadAsync(byte[] archive, Actor? actor = null) => UploadAsync(new MemoryStream(archive), archive.Length, actor);

    public Task<UploadReceipt> UploadAsync(Stream body, long? length, Actor? actor = null, CancellationToken cancellation = default) =>
        host.Get<UploadCommands>().ReceiveAsync(actor ?? host.Owner, body, length, cancellation);

    public Task<DeploymentResult> DeployAsync(string repoUrl, Func<DeploySource, DeploySource>? with = null, Actor? actor = null, bool dryRun = false) =>
        host.Commands.CreateFromSourceAsync(
            actor ?? host.Owner, (with ?? (asked => asked))(new() { RepoUrl = repoUrl, Framework = "static" }), new(DryRun: dryRun), default);

    public static async Task<NexusException> RefusedAsync(Func<Task> act)
    {
        var refusal = (await act.Should().ThrowAsync<NexusException>()).Which;
        refusal.Hint.Should().NotBeNullOrEmpty();
        return refusal;
    }

    public async Task<(int Uploads, int Chunks)> KeptAsync()
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return (await db.Uploads.CountAsync(), await db.UploadChunks.CountAsync());
    }

    /// <summary>What is on the disk of uploads that are not whole.</summary>
    public IEnumerable<string> Scraps()
    {
        var root = Path.Combine(host.DataDirectory, "sources");
        return Directory.Exists(root)
            ? Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Where(path => Path.GetDirectoryName(path) != root)
            : [];
    }

    public Task DeleteAsync(DeploymentResult deployment) =>
        host.Commands.DeleteAsync(host.Owner, deployment.Deployment.Id.ToString(), CommandOptions.None, default);

    public Task<int> PruneAsync() => host.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<UploadPruning>().Single().PruneAsync(default);

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
