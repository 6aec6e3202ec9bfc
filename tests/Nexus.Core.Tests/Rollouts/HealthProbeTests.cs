using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using Nexus.Core.Deployments;
using Nexus.Core.Rollouts;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Rollouts;

public sealed class HealthProbeTests : IDisposable
{
    private readonly HealthProbe _probe = new(TimeProvider.System);
    private readonly TcpListener _replica = new(IPAddress.Loopback, 0);
    private string _received = "";

    [Theory]
    [InlineData("200 OK", true, null)]
    [InlineData("204 No Content", true, null)]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/", true, null)]
    [InlineData("399 Odd", true, null)]
    [InlineData("400 Bad Request", false, "answered 400")]
    [InlineData("500 Internal Server Error", false, "answered 500")]
    public async Task HTTP_passes_with_2xx_and_3xx(string status, bool passed, string? reason)
    {
        Answer($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");

        var result = await ProbeAsync(new HealthCheck(HealthCheckType.Http, "/healthz?full=1"));

        (result.Passed, result.Reason).Should().Be((passed, reason));
        result.Latency.Should().BePositive();
        _received.Should().StartWith("GET /healthz?full=1 HTTP/1.1\r\n").And.Contain("Host: localhost\r\n");
    }

    [Fact]
    public async Task The_rest_of_a_long_answer_is_not_waited_for()
    {
        Answer("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nbeginning");

        (await ProbeAsync(new HealthCheck(HealthCheckType.Http, "/"))).Passed.Should().BeTrue();
    }

    [Fact]
    public async Task What_is_no_HTTP_is_said_to_be_none()
    {
        Answer("220 mail.example ESMTP\r\n");

        (await ProbeAsync(new HealthCheck(HealthCheckType.Http, "/"))).Reason.Should().Be("the answer is no HTTP");
    }

    [Fact]
    public async Task Silence_ends_the_probe_in_two_seconds()
    {
        _replica.Start();

        var result = await ProbeAsync(new HealthCheck(HealthCheckType.Http, "/"));

        result.Reason.Should().Be("no answer in 2 s");
        result.Latency.Should().BeGreaterThan(TimeSpan.FromSeconds(1.9));
    }

    [Theory]
    [InlineData(HealthCheckType.Http)]
    [InlineData(HealthCheckType.Tcp)]
    public async Task A_port_that_nobody_listens_at_refuses(HealthCheckType type)
    {
        var result = await _probe.ProbeAsync($"127.0.0.1:{LoopbackPort.Next()}", new HealthCheck(type, "/"), CancellationToken.None);

        result.Reason.Should().Be("connection refused");
    }

    [Fact]
    public async Task TCP_passes_where_something_listens()
    {
        _replica.Start();

        (await ProbeAsync(HealthCheck.Tcp)).Should().BeEquivalentTo(new { Passed = true, Reason = (string?)null });
    }

    [Fact]
    public async Task TCP_passes_where_the_server_speaks_first()
    {
        Answer("+OK ready\r\n");

        (await ProbeAsync(HealthCheck.Tcp)).Passed.Should().BeTrue();
    }

    [Fact]
    public async Task A_proxy_that_accepts_for_nobody_is_seen_through()
    {
        _replica.Start();
        _ = AcceptAsync(client => client.Close());

        (await ProbeAsync(HealthCheck.Tcp)).Reason.Should().Be("connection closed at once");
    }

    [Fact]
    public async Task Without_a_check_nothing_is_asked() =>
        (await _probe.ProbeAsync("127.0.0.1:1", new HealthCheck(HealthCheckType.None, null), CancellationToken.None)).Passed.Should().BeTrue();

    [Fact]
    public async Task The_callers_cancellation_is_the_callers()
    {
        _replica.Start();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var probe = () => _probe.ProbeAsync(Address, HealthCheck.Tcp, cancelled.Token);

        await probe.Should().ThrowAsync<OperationCanceledException>();
    }

    public void Dispose()
    {
        _replica.Dispose();
        _probe.Dispose();
    }

    private string Address => _replica.LocalEndpoint.ToString()!;

    private Task<ProbeResult> ProbeAsync(HealthCheck check) => _probe.ProbeAsync(Address, check, TestContext.Current.CancellationToken);

    private void Answer(string text)
    {
        _replica.Start();
        _ = AcceptAsync(client =>
        {
            var buffer = new byte[4096];
            if (!text.StartsWith('+')) _received = Encoding.ASCII.GetString(buffer, 0, client.GetStream().Read(buffer));
            client.GetStream().Write(Encoding.ASCII.GetBytes(text));
        });
    }

    private async Task AcceptAsync(Action<TcpClient> serve)
    {
        var client = await _replica.AcceptTcpClientAsync();
        await Task.Run(() => serve(client));
    }
}
