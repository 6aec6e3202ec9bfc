"""A small web application with what deployments must not cut off: keep-alive, a slow stream, WebSockets.

/                  its host name and the variable VERSION
/stream?SECONDS    a line every 100 ms for so long, and then "end"
/socket            a WebSocket that echoes text (RFC 6455, frames under 126 bytes)
"""
import asyncio, base64, hashlib, os, signal, socket

WHO = f"{socket.gethostname()} {os.environ.get('VERSION', '')}".strip()


async def answer(writer, body):
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
    await writer.drain()


async def stream(writer, seconds):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")
    lines = [f"{WHO} {number}\n" for number in range(seconds * 10)] + ["end\n"]
    for line in lines:
        writer.write(f"{len(line):x}\r\n{line}\r\n".encode())
        await writer.drain()
        if line != "end\n":
            await asyncio.sleep(0.1)
    writer.write(b"0\r\n\r\n")
    await writer.drain()


async def echo(reader, writer, key):
    accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
    writer.write(f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode())
    while True:
        first, length = await reader.readexactly(2)
        mask = await reader.readexactly(4)
        data = bytes(byte ^ mask[index % 4] for index, byte in enumerate(await reader.readexactly(length & 127)))
        writer.write(bytes([first, len(data)]) + data)
        await writer.drain()
        if first & 15 == 8:
            return


async def serve(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            target = first.split(" ")[1]
            if target == "/socket":
                return await echo(reader, writer, headers["sec-websocket-key"])
            if target.startswith("/stream?"):
                await stream(writer, int(target.partition("?")[2]))
            else:
                await answer(writer, WHO)
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, loop.stop)
    server = await asyncio.start_server(serve, "0.0.0.0", int(os.environ.get("PORT", "80")), backlog=512)
    print("ready")
    await server.serve_forever()


try:
    asyncio.run(main())
except RuntimeError:
    print("asked to end")
