using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Nexus.Core.Sources;
using Xunit;

namespace Nexus.Core.Tests.Sources.Git;

/// <summary>Repositories that can't be had: each says which, and what to do.</summary>
public sealed class RefusalTests
{
    private const string Token = "tok-9f8e7d6c5b4a";
    private static readonly Dictionary<string, string> OneFile = new() { ["a"] = "1" };

    [Fact]
    public async Task A_missing_repository_and_a_page_that_is_none()
    {
        await using var bench = await FetchBench.StartAsync();
        (await bench.RefusalAsync(url: bench.Host.UrlOf("missing"))).Code.Should().Be("REPOSITORY_NOT_FOUND");
        bench.Host.Before = async context =>
        {
            await context.Response.WriteAsync("<html>");
            return true;
        };
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_NOT_FOUND");
    }

    [Fact]
    public async Task A_private_repository_opens_with_its_secret_alone()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(OneFile);
        bench.Host.Credential = ("x-access-token", Token);

        var without = await bench.RefusalAsync();
        without.Code.Should().Be("REPOSITORY_NOT_FOUND");
        without.Hint.Should().Contain("repoSecretName");
        var wrong = await bench.RefusalAsync(secret: "wrong-token");
        wrong.Code.Should().Be("REPOSITORY_NOT_FOUND");
        wrong.Hint.Should().Contain("token");
        (await bench.FetchAsync(secret: Token + "\n")).Files.Should().Be(1);

        bench.Host.Credential = ("ada", Token);
        (await bench.FetchAsync(secret: $"ada:{Token}")).Files.Should().Be(1);
    }

    [Fact]
    public async Task The_secret_is_in_no_file_no_command_line_and_no_address()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(OneFile);
        bench.Host.Credential = ("x-access-token", Token);
        var lines = new List<string>();
        bench.Host.Before = _ =>
        {
            lock (lines) lines.AddRange(Processes.WithArgument(Token));
            return Task.FromResult(false);
        };

        await bench.FetchAsync(secret: Token);

        lines.Should().BeEmpty();
        bench.Host.Requests.Should().NotContain(request => request.Contains(Token, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(bench.ScratchOfLast, "*", SearchOption.AllDirectories))
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Should().NotContain(Token);
    }

    [Fact]
    public async Task A_secret_of_several_lines_is_refused()
    {
        await using var bench = await FetchBench.StartAsync();
        (await bench.RefusalAsync(secret: "token\nusername=root")).Code.Should().Be("INVALID_REPOSITORY_SECRET");
        bench.Host.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task An_empty_repository_a_wrong_branch_and_an_unknown_commit()
    {
        await using var bench = await FetchBench.StartAsync();
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_EMPTY");
        (await bench.RefusalAsync("main")).Code.Should().Be("REPOSITORY_EMPTY");
        await bench.Repository.CommitAsync(OneFile, "develop");

        var wrong = await bench.RefusalAsync("main");
        wrong.Code.Should().Be("BRANCH_NOT_FOUND");
        wrong.Hint.Should().Contain("develop");
        (await bench.RefusalAsync()).Code.Should().Be("BRANCH_NOT_FOUND", "HEAD points to a branch that isn't there");
        (await bench.RefusalAsync(new string('a', 40))).Code.Should().Be("BRANCH_NOT_FOUND");
    }

    [Fact]
    public async Task A_commit_without_files()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(new Dictionary<string, string>());
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_EMPTY");
    }

    [Fact]
    public async Task An_address_that_is_not_public_is_not_asked_at_all()
    {
        await using var bench = await FetchBench.StartAsync();
        bench.AllowedHosts = [];
        foreach (var host in (string[])["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "2130706433", "0x7f.1", "[::ffff:10.0.0.1]", "192.168.1.1"])
            (await bench.RefusalAsync(url: $"https://{host}:{new Uri(bench.Url).Port}/web.git")).Code.Should().Be("REPOSITORY_ADDRESS_NOT_ALLOWED", host);
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_URL_NOT_ALLOWED", "http is for allowed hosts");
        bench.Host.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_redirect_is_followed_to_an_allowed_place_only()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(OneFile);
        var target = bench.Url;
        bench.Host.Before = context =>
        {
            if (!context.Request.Path.StartsWithSegments("/old.git")) return Task.FromResult(false);
            context.Response.Redirect(target + "/info/refs?service=git-upload-pack", permanent: true);
            return Task.FromResult(true);
        };
        var old = bench.Host.UrlOf("old");

        (await bench.FetchAsync(url: old)).Files.Should().Be(1);
        target = "https://169.254.169.254/latest.git";
        (await bench.RefusalAsync(url: old)).Code.Should().Be("REPOSITORY_ADDRESS_NOT_ALLOWED");
        target = "http://example.com/web.git";
        (await bench.RefusalAsync(url: old)).Code.Should().Be("REPOSITORY_URL_NOT_ALLOWED");
        target = old;
        (await bench.RefusalAsync(url: old)).Code.Should().Be("REPOSITORY_URL_NOT_ALLOWED", "it goes round in circles");
    }

    [Fact]
    public async Task A_redirect_that_only_git_gets_is_not_followed()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(OneFile);
        var asked = 0;
        bench.Host.Before = context =>
        {
            if (!context.Request.Path.StartsWithSegments("/web.git") || Interlocked.Increment(ref asked) == 1) return Task.FromResult(false);
            context.Response.Redirect(bench.Host.UrlOf("elsewhere") + "/info/refs?service=git-upload-pack");
            return Task.FromResult(true);
        };
        (await bench.RefusalAsync()).Code.Should().StartWith("REPOSITORY_");
        bench.Host.Requests.Should().NotContain(request => request.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_is_not_taken_along_to_another_host()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(OneFile);
        var port = new Uri(bench.Url).Port;
        bench.Host.Before = context =>
        {
            if (context.Request.Host.Host == "localhost") return Task.FromResult(false);
            bench.Host.Authorizations.Clear();
            context.Response.Redirect($"http://localhost:{port}{context.Request.Path}{context.Request.QueryString}");
            return Task.FromResult(true);
        };
        await bench.FetchAsync(secret: Token);
        bench.Host.Authorizations.Should().BeEmpty();
    }

    [Fact]
    public async Task A_host_that_is_gone_or_broken()
    {
        await using var bench = await FetchBench.StartAsync();
        (await bench.RefusalAsync(url: $"http://127.0.0.1:{Testing.LoopbackPort.Next()}/web.git")).Code.Should().Be("REPOSITORY_UNREACHABLE");
        bench.Host.Before = context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_UNAVAILABLE");
    }

    [Fact]
    public async Task A_host_that_trickles_ends_at_the_time_and_leaves_no_process()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.Repository.CommitAsync(OneFile);
        bench.Limits = new SourceLimits { FetchTime = TimeSpan.FromSeconds(4) };
        bench.Host.Before = async context =>
        {
            if (context.Request.Method != "POST") return false;
            context.Response.ContentType = "application/x-git-upload-pack-result";
            await context.Response.WriteAsync("fff0", CancellationToken.None); // The longest line there is (gitprotocol-common).
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync("a", CancellationToken.None);
                await context.Response.Body.FlushAsync(CancellationToken.None);
                await Task.Delay(100, CancellationToken.None);
            }

            return true;
        };

        (await bench.RefusalAsync()).Code.Should().Be("REPOSITORY_TIMEOUT");

        Processes.WithArgument(bench.ScratchOfLast).Should().BeEmpty();
    }

    [Fact]
    public async Task A_caller_who_gives_up_ends_git()
    {
        await using var bench = await FetchBench.StartAsync();
        using var giveUp = new CancellationTokenSource();
        bench.Host.Before = async context =>
        {
            if (context.Request.Headers.UserAgent.ToString() == "git/2") return false;
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        await FluentActions.Awaiting(() => bench.FetchUnlessAsync(giveUp.Token)).Should().ThrowAsync<OperationCanceledException>();
        Processes.WithArgument(bench.ScratchOfLast).Should().BeEmpty();
    }
}
