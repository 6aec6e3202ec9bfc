using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nexus.Ingress.Tests.Support;
using Nexus.Testing;
using Xunit;

namespace Nexus.Ingress.Tests.Forwarding;

public sealed class StreamingTests
{
    /// <summary>More than Kestrel takes by default (30 MB).</summary>
    private const int Large = 96 * 1024 * 1024;

    /// <summary>More than one buffer.</summary>
    private const int Part = 256 * 1024;

    [Fact]
    public async Task A_large_upload_passes_while_it_is_sent()
    {
        await using var ingress = await TestIngress.StartAsync();
        var arrived = new TaskCompletionSource();
        await using var replica = await TestReplica.StartAsync(async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[Part]);
            arrived.SetResult();
            await context.Response.WriteAsync($"{Part + await LengthAsync(context.Request.Body)}");
        });
        await ingress.ServeAsync("web", replica);
        var request = ingress.RequestTo("web", method: HttpMethod.Put);
        request.Content = new SlowUpload(afterFirstPart: arrived.Task);

        using var response = await ingress.Http.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).Should().Be($"{Large}");
    }

    [Fact]
    public async Task A_large_download_passes_while_it_is_made()
    {
        await using var ingress = await TestIngress.StartAsync();
        var arrived = new TaskCompletionSource();
        await using var replica = await TestReplica.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(new byte[1]);
            await arrived.Task;
            await context.Response.Body.WriteAsync(new byte[Large - 1]);
        });
        await ingress.ServeAsync("web", replica);

        using var response = await ingress.Http.SendAsync(ingress.RequestTo("web"), HttpCompletionOption.ResponseHeadersRead);
        using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1]);
        arrived.SetResult();

        (await LengthAsync(body)).Should().Be(Large - 1);
    }

    [Fact]
    public async Task Each_event_of_a_stream_arrives_before_the_next_is_made()
    {
        await using var ingress = await TestIngress.StartAsync();
        using var next = new SemaphoreSlim(0);
        await using var replica = await TestReplica.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            for (var number = 1; number <= 3; number++)
            {
                await context.Response.WriteAsync($"data: {number}\n\n");
                await context.Response.Body.FlushAsync();
                await next.WaitAsync(context.RequestAborted);
            }
        });
        await ingress.ServeAsync("web", replica);

        using var response = await ingress.Http.SendAsync(ingress.RequestTo("web"), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var number = 1; number <= 3; number++)
        {
            (await reader.ReadLineAsync()).Should().Be($"data: {number}");
            await reader.ReadLineAsync();
            next.Release();
        }

        (await reader.ReadToEndAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_WebSocket_speaks_both_ways_and_counts_until_it_closes()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync(EchoAsync);
        await ingress.ServeAsync("web", replica);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "web.apps.test");
        socket.Options.AddSubProtocol("chat");

        await socket.ConnectAsync(new Uri($"ws://{ingress.Url.Authority}/"), CancellationToken.None);
        foreach (var text in new[] { "one", "two" }) (await AskAsync(socket, text)).Should().Be(text);
        ingress.View.InFlight(replica.Id).Should().Be(1);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None);

        socket.SubProtocol.Should().Be("chat");
        socket.CloseStatusDescription.Should().Be("echo ends");
        await Poll.UntilAsync(() => ingress.View.InFlight(replica.Id) == 0, "the connection to count no more");
    }

    [Fact]
    public async Task GRPC_goes_through_as_HTTP_2_with_its_trailers()
    {
        await using var ingress = await TestIngress.StartAsync(protocols: HttpProtocols.Http2);
        await using var replica = await TestReplica.StartAsync(
            async context =>
            {
                context.Response.ContentType = "application/grpc";
                context.Response.DeclareTrailer("grpc-status");
                await context.Request.Body.CopyToAsync(context.Response.Body);
                context.Response.AppendTrailer("grpc-status", "0");
            },
            HttpProtocols.Http2);
        await ingress.ServeAsync("web", replica);
        var request = ingress.RequestTo("web", "/pkg.Service/Method", HttpMethod.Post);
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        request.Headers.TE.ParseAdd("trailers");
        request.Content = new ByteArrayContent([0, 0, 0, 0, 1, 42]) { Headers = { ContentType = new("application/grpc") } };

        using var response = await ingress.Http.SendAsync(request);

        response.Version.Should().Be(HttpVersion.Version20);
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(0, 0, 0, 0, 1, 42);
        response.TrailingHeaders.GetValues("grpc-status").Should().Equal("0");
    }

    [Fact]
    public async Task HTTP_2_clients_reach_applications_that_speak_HTTP_1()
    {
        await using var ingress = await TestIngress.StartAsync(protocols: HttpProtocols.Http2);
        await using var replica = await TestReplica.StartAsync(context => context.Response.WriteAsync(context.Request.Protocol));
        await ingress.ServeAsync("web", replica);
        var request = ingress.RequestTo("web");
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);

        using var response = await ingress.Http.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).Should().Be("HTTP/1.1");
    }

    [Theory]
    [InlineData(204, null)]
    [InlineData(304, null)]
    [InlineData(302, "http://elsewhere.test/")]
    [InlineData(418, null)]
    public async Task The_applications_answer_comes_as_it_is(int status, string? location)
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            if (location is not null) context.Response.Headers.Location = location;
            context.Response.Headers.Append("Set-Cookie", "a=1");
            context.Response.Headers.Append("Set-Cookie", "b=2");
            context.Response.Headers.Append("Connection", "X-Hop");
            context.Response.Headers.Append("X-Hop", "1");
            return Task.CompletedTask;
        });
        await ingress.ServeAsync("web", replica);

        using var response = await ingress.Http.SendAsync(ingress.RequestTo("web"));

        ((int)response.StatusCode).Should().Be(status);
        (response.Headers.Location?.ToString()).Should().Be(location);
        response.Headers.GetValues("Set-Cookie").Should().Equal("a=1", "b=2");
        response.Headers.Contains("X-Hop").Should().BeFalse();
    }

    private static async Task<long> LengthAsync(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        var length = 0L;
        while (await stream.ReadAsync(buffer) is > 0 and var read) length += read;
        ArrayPool<byte>.Shared.Return(buffer);
        return length;
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("chat");
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "echo ends", context.RequestAborted);
    }

    private static async Task<string> AskAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    /// <summary>Sends the rest only when the first part has arrived: who waits for the whole waits for ever.</summary>
    private sealed class SlowUpload(Task afterFirstPart) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[Part]);
            await stream.FlushAsync();
            await afterFirstPart;
            await stream.WriteAsync(new byte[Large - Part]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Large;
            return true;
        }
    }
}
