using System.Net.Sockets;
using FluentAssertions;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Git;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Sources.Git;

public sealed class GitSourceTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private GitHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GitHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_public_repository_arrives_with_its_commit_and_without_its_history()
    {
        var commit = await _host.AddAsync("web.git", "echo one > a; git add .; git commit -qm 1; echo two > a; git add .; git commit -qm 2");

        var checkout = await FetchAsync("web.git");

        checkout.Commit.Should().Be(commit);
        File.ReadAllText(_folder.At("a")).Should().Be("two\n");
        Directory.Exists(_folder.At(".git")).Should().BeFalse();
    }

    [Fact]
    public async Task A_branch_and_a_tag_can_be_named()
    {
        await _host.AddAsync("web.git", "echo main > a; git add .; git commit -qm 1; git checkout -qb feature/x; echo feature > a; git commit -qam 2");

        await FetchAsync("web.git", branch: "feature/x");

        File.ReadAllText(_folder.At("a")).Should().Be("feature\n");
    }

    [Fact]
    public async Task A_private_repository_opens_with_the_credential_alone()
    {
        await _host.AddAsync("private.git", "echo one > a; git add .; git commit -qm 1");

        (await RefusalAsync("private.git")).Code.Should().Be("REPO_ACCESS_DENIED");
        var wrong = await RefusalAsync("private.git", credential: "wr0ng");
        (wrong.Code, wrong.Field).Should().Be(("REPO_ACCESS_DENIED", "repoSecretName"));
        (wrong.Message + wrong.Hint).Should().NotContain("wr0ng");
        (await FetchAsync("private.git", credential: "s3cret")).Commit.Should().HaveLength(40);
    }

    [Fact]
    public async Task A_credential_does_not_follow_a_redirect_to_another_host()
    {
        await _host.AddAsync("private.git", "echo one > a; git add .; git commit -qm 1");

        (await RefusalAsync("moved/private.git", credential: "s3cret", allowed: ["localhost", "127.0.0.1"])).Code.Should().Be("REPO_ACCESS_DENIED");

        _host.Requests.Should().NotContain(request => request.Authorization != null);
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_refused_and_so_is_a_redirect_to_one()
    {
        await _host.AddAsync("web.git", "echo one > a; git add .; git commit -qm 1");

        (await RefusalAsync("web.git", allowed: [])).Code.Should().Be("ADDRESS_NOT_PUBLIC");
        _host.Requests.Should().BeEmpty();
        (await RefusalAsync("moved/web.git")).Code.Should().Be("ADDRESS_NOT_PUBLIC");
        (await RefusalAsync("plain/web.git")).Code.Should().Be("REPO_UNREACHABLE");
        await FetchAsync("moved/web.git", allowed: ["localhost", "127.0.0.1"]);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        await _host.AddAsync("web.git", "echo one > a; git add .; git commit -qm 1");
        await _host.AddAsync("empty.git", "exit 0");

        (await RefusalAsync("nothing.git")).Code.Should().Be("REPO_NOT_FOUND");
        (await RefusalAsync("empty.git")).Code.Should().Be("REPO_EMPTY");
        var branch = await RefusalAsync("web.git", branch: "mian");
        (branch.Code, branch.Field).Should().Be(("REPO_BRANCH_NOT_FOUND", "repoBranch"));
    }

    [Fact]
    public async Task A_link_out_of_the_tree_is_refused_and_one_inside_stays()
    {
        await _host.AddAsync("inside.git", "mkdir d; echo one > d/a; ln -s d/a b; ln -s ../d d/up; git add .; git commit -qm 1");
        await FetchAsync("inside.git");
        File.ReadAllText(_folder.At("b")).Should().Be("one\n");

        foreach (var (name, target) in new[] { ("absolute", "/etc/passwd"), ("upwards", "../../etc/passwd"), ("behind", "d/../../etc") })
        {
            await _host.AddAsync($"{name}.git", $"mkdir d; echo one > d/a; ln -s {target} link; git add .; git commit -qm 1");
            (await RefusalAsync($"{name}.git")).Code.Should().Be("SOURCE_LINK_ESCAPES");
        }
    }

    [Fact]
    public async Task Tricks_with_the_name_of_the_git_folder_are_refused()
    {
        await _host.AddAsync("tricks.git", """
            blob=$(echo evil | git hash-object -w --stdin)
            hooks=$(printf '100755 blob %s\tpost-checkout\n' $blob | git mktree)
            tree=$(printf '040000 tree %s\t.GIT\n' $hooks | git mktree)
            git update-ref HEAD $(git commit-tree -m 1 $tree)
            """);

        (await RefusalAsync("tricks.git")).Code.Should().Be("REPO_INVALID");
    }

    [Fact]
    public async Task Too_many_files_and_too_many_bytes_are_refused_before_they_are_written()
    {
        await _host.AddAsync("many.git", "for i in $(seq 60); do echo $i > f$i; done; git add .; git commit -qm 1");
        await _host.AddAsync("large.git", "head -c 3000000 /dev/zero > zeros; git add .; git commit -qm 1");
        await _host.AddAsync("noise.git", "head -c 3000000 /dev/urandom > noise; git add .; git commit -qm 1");
        var limits = new SourceLimits { MostFiles = 50, LargestBytes = 1_000_000 };

        foreach (var name in new[] { "many.git", "large.git", "noise.git" })
        {
            (await RefusalAsync(name, limits: limits)).Code.Should().Be("SOURCE_TOO_LARGE");
            Directory.EnumerateFiles(_folder.Path).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task A_host_that_never_answers_is_given_up()
    {
        var limits = new SourceLimits { FetchTime = TimeSpan.FromSeconds(2) };

        (await RefusalAsync("trickle.git", limits: limits)).Code.Should().Be("REPO_TIMEOUT");
    }

    [Fact]
    public async Task Submodules_and_large_file_pointers_are_explained()
    {
        await _host.AddAsync("notes.git", """
            echo '*.bin filter=lfs' > .gitattributes
            printf 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n' > a.bin
            git add .; git update-index --add --cacheinfo 160000,0123456789012345678901234567890123456789,sub
            git commit -qm 1
            """);

        var notes = (await FetchAsync("notes.git")).Notes;

        notes.Should().Contain(note => note.Contains("Submodules are not fetched")).And.Contain(note => note.Contains("Git LFS pointers, such as a.bin"));
    }

    [Theory]
    [InlineData("file:///etc")]
    [InlineData("ssh://git@github.com/a/b")]
    [InlineData("git@github.com:a/b")]
    [InlineData("http://github.com/a/b")]
    [InlineData("ext::sh -c true")]
    [InlineData("git://github.com/a/b")]
    [InlineData("https://user:token@github.com/a/b")]
    [InlineData("https://token@github.com/a/b")]
    [InlineData("https://github.com/a/b?x=1")]
    [InlineData("https://github.com/a b")]
    [InlineData("--upload-pack=x")]
    [InlineData("/srv/repo")]
    [InlineData("")]
    public void An_address_that_is_not_plain_https_is_refused(string url)
    {
        var parse = () => RepositoryAddress.Parse(url, null);

        parse.Should().Throw<NexusException>().Which.Code.Should().Be("INVALID_REPO_URL");
    }

    [Theory]
    [InlineData("-x")]
    [InlineData("--upload-pack=x")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("+a")]
    [InlineData("a.lock")]
    [InlineData("a@{1}")]
    [InlineData("")]
    public void A_branch_that_git_could_take_for_something_else_is_refused(string branch)
    {
        var parse = () => RepositoryAddress.Parse("https://example.com/a", branch);

        parse.Should().Throw<NexusException>().Which.Code.Should().Be("INVALID_REPO_BRANCH");
    }

    private async Task<GitCheckout> FetchAsync(
        string repository, string? branch = null, string? credential = null, string[]? allowed = null, SourceLimits? limits = null)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(_folder.Path)) Delete(entry);
        var source = new GitSource(new GitOptions { AuthoritiesFile = _host.AuthoritiesFile }, limits ?? new SourceLimits(), (target, cancellation) => ConnectAsync(target, allowed ?? ["localhost"], cancellation));
        return await source.FetchAsync(RepositoryAddress.Parse(_host.Url(repository), branch), credential, _folder.Path, CancellationToken.None);
    }

    private async Task<NexusException> RefusalAsync(
        string repository, string? branch = null, string? credential = null, string[]? allowed = null, SourceLimits? limits = null)
    {
        var fetch = () => FetchAsync(repository, branch, credential, allowed, limits);
        return (await fetch.Should().ThrowAsync<NexusException>()).Which;
    }

    private static async ValueTask<Stream> ConnectAsync(System.Net.DnsEndPoint target, string[] allowed, CancellationToken cancellation)
    {
        if (!allowed.Contains(target.Host)) throw new NexusException("ADDRESS_NOT_PUBLIC", "Not allowed.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", target.Port, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static void Delete(string entry)
    {
        if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
        else File.Delete(entry);
    }
}
