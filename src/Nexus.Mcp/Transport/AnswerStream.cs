using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Nexus.Mcp.Transport;

/// <summary>
/// Stands in for the response's body while the SDK writes to it. The SDK answers every request with an event stream; this
/// makes a plain JSON answer of it, unless the client accepts a stream and something precedes the answer (progress).
/// </summary>
internal sealed class AnswerStream(HttpResponse response, Stream body, bool mayStream) : Stream
{
    private readonly MemoryStream _event = new();
    private bool _passing;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_passing && !IsEventStream) _passing = true;
        if (_passing)
        {
            await body.WriteAsync(buffer, cancellationToken);
            return;
        }

        _event.Write(buffer.Span);
        if (!Held.EndsWith("\n\n"u8) || IsAnswer(DataOf(Held))) return;
        if (mayStream)
        {
            _passing = true;
            await body.WriteAsync(_event.GetBuffer().AsMemory(0, (int)_event.Length), cancellationToken);
        }

        _event.SetLength(0);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A flush before the first byte would send the headers, and with them the form of the answer.
    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _passing ? body.FlushAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Sends the answer that was held back as plain JSON.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_passing || _event.Length == 0) return;
        var answer = new byte[_event.Length];
        var length = LegibleJson.Write(DataOf(Held), answer);
        response.Headers.Remove("X-Accel-Buffering");
        response.Headers.ContentEncoding = default;
        await JsonAnswer.WriteAsync(response, body, answer.AsMemory(0, length), cancellationToken);
    }

    private bool IsEventStream => response.ContentType is "text/event-stream";

    private ReadOnlySpan<byte> Held => _event.GetBuffer().AsSpan(0, (int)_event.Length);

    // The SDK writes one line of data for each event, as JSON holds no line breaks.
    private static ReadOnlySpan<byte> DataOf(ReadOnlySpan<byte> held)
    {
        var data = held[(held.IndexOf("data: "u8) + "data: ".Length)..];
        return data[..data.IndexOf((byte)'\n')];
    }

    // Requests and notifications have a method, answers don't.
    private static bool IsAnswer(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
            if (reader.ValueTextEquals("method"u8)) return false;
            if (reader.ValueTextEquals("result"u8) || reader.ValueTextEquals("error"u8)) return true;
            reader.Skip();
        }

        return true;
    }

    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
