FROM debian:bookworm-slim
EXPOSE 5900
EXPOSE 5909/udp
