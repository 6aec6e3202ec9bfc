using System.Security.Cryptography.X509Certificates;
using FluentAssertions;
using Nexus.Core.Networking;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Folders;
using Nexus.Core.Sources.Git;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Sources.Git;

/// <summary>A Git host with one repository, and what fetches from it.</summary>
internal sealed class FetchBench : IAsyncDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly SourceFolders _folders;

    private FetchBench() => _folders = new(_temporary.At("sources"));

    public GitHost Host { get; private set; } = null!;

    public TestRepository Repository { get; private set; } = null!;

    public SourceLimits Limits { get; set; } = new();

    public IReadOnlyList<string> AllowedHosts { get; set; } = ["127.0.0.1", "localhost"];

    public string? AuthoritiesFile { get; set; }

    public string Url => Host.UrlOf("web");

    /// <summary>Where the last fetch put the files.</summary>
    public string Files { get; private set; } = "";

    public static async Task<FetchBench> StartAsync(X509Certificate2? certificate = null)
    {
        var bench = new FetchBench();
        var repositories = Directory.CreateDirectory(bench._temporary.At("repositories")).FullName;
        bench.Host = await GitHost.StartAsync(repositories, certificate);
        bench.Repository = await TestRepository.CreateAsync(repositories, "web");
        return bench;
    }

    public Task<FetchedSource> FetchAsync(string? branch = null, string? secret = null, string? url = null) =>
        Fetcher().FetchAsync(new GitSource(url ?? Url, branch, secret), NewFolder(), TestContext.Current.CancellationToken);

    public Task<FetchedSource> FetchUnlessAsync(CancellationToken givenUp) => Fetcher().FetchAsync(new GitSource(Url), NewFolder(), givenUp);

    public Task<string> ResolveAsync(string? branch = null) =>
        Fetcher().ResolveAsync(new GitSource(Url, branch), NewFolder(), TestContext.Current.CancellationToken);

    /// <summary>The refusal of a fetch, which must not repeat the secret.</summary>
    public async Task<NexusException> RefusalAsync(string? branch = null, string? secret = null, string? url = null)
    {
        var refusal = (await FluentActions.Awaiting(() => FetchAsync(branch, secret, url)).Should().ThrowAsync<NexusException>()).Which;
        refusal.Hint.Should().NotBeNullOrEmpty();
        if (secret is not null) $"{refusal.Message} {refusal.Hint}".Should().NotContain(secret);
        return refusal;
    }

    public async Task TrustAsync(X509Certificate2 authority)
    {
        AuthoritiesFile = _temporary.At("authorities.pem");
        await File.WriteAllTextAsync(AuthoritiesFile, authority.ExportCertificatePem());
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Files, path));

    public IEnumerable<string> Names() => Directory.EnumerateFileSystemEntries(Files, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Files, path)).Order(StringComparer.Ordinal);

    public string ScratchOfLast => Path.Combine(Path.GetDirectoryName(Files)!, "scratch");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folders.Dispose();
        _temporary.Dispose();
    }

    private GitFetcher Fetcher()
    {
        var outbound = new OutboundOptions { AllowedHosts = AllowedHosts, AuthoritiesFile = AuthoritiesFile };
        return new(new RemoteFinder(new OutboundGuard(outbound), outbound, Limits), outbound, Limits);
    }

    private SourceFolder NewFolder()
    {
        var folder = _folders.Create();
        Files = folder.Files;
        return folder;
    }
}
