using FluentAssertions;
using Xunit;

namespace Nexus.Testing.Tests;

public sealed class TestImageTests(Shared<DockerEngine> shared)
{
    [Fact]
    public async Task An_application_answers_on_the_port_it_is_given()
    {
        var address = await StartAsync(TestImage.Answers("blue"), 8123);

        (await Http.UntilAnswersAsync(address)).Should().Be("blue\n");
        (await Http.UntilAnswersAsync(new Uri(address, "/cgi-bin/slow?0"))).Should().Be("blue\n");
        (await Http.UntilAnswersAsync(new Uri(address, "/cgi-bin/environment"))).Should().Contain("PORT=8123");
    }

    [Fact]
    public async Task An_application_that_is_never_healthy_accepts_connections_and_has_no_page()
    {
        var address = await StartAsync(TestImage.NeverHealthy, 80);

        await Http.UntilAnswersAsync(new Uri(address, "/cgi-bin/environment"));
        using var http = new HttpClient();
        ((int)(await http.GetAsync(address)).StatusCode).Should().Be(404);
    }

    [Fact]
    public async Task An_application_that_listens_elsewhere_does_so() =>
        (await Http.UntilAnswersAsync(await StartAsync(TestImage.ListensElsewhere, 9999))).Should().Be("ok\n");

    [Fact]
    public async Task An_application_that_starts_slowly_answers_in_the_end() =>
        (await Http.UntilAnswersAsync(await StartAsync(TestImage.StartsSlowly, 80))).Should().Be("ok\n");

    [Fact]
    public async Task An_application_that_exits_at_once_says_why()
    {
        var engine = await shared.GetAsync();
        var ended = await engine.Cli.TryAsync(["run", "--rm", await engine.BuildAsync(TestImage.ExitsAtOnce)]);
        ended.ExitCode.Should().Be(3);
        ended.Error.Should().Contain("cannot read /etc/app.conf");
    }

    [Fact]
    public async Task An_application_streams_its_logs()
    {
        var engine = await shared.GetAsync();
        var id = await engine.Cli.RunAsync("run", "--detach", await engine.BuildAsync(TestImage.StreamsLogs));
        await Poll.UntilAsync(async () => (await engine.Cli.RunAsync("logs", id)).Contains("line 3", StringComparison.Ordinal), "the third line");
    }

    private async Task<Uri> StartAsync(TestImage image, int port)
    {
        var engine = await shared.GetAsync();
        var id = await engine.Cli.RunAsync(
            "run", "--detach", "--env", $"PORT={port}", "--publish", $"127.0.0.1::{port}", await engine.BuildAsync(image));
        return new Uri($"http://{await engine.Cli.RunAsync("port", id, $"{port}/tcp")}");
    }
}
