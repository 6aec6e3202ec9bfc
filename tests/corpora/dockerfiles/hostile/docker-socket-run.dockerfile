FROM debian:bookworm-slim
CMD curl --unix-socket /run/docker.sock http://x/info
