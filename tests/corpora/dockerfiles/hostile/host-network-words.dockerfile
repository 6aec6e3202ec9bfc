FROM debian:bookworm-slim
RUN podman run --net host x
