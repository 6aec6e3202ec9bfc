FROM debian:bookworm-slim
VOLUME ["/var/run/docker.sock"]
