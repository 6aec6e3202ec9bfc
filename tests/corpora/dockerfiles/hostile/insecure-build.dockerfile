FROM debian:bookworm-slim
RUN --security=insecure true
