FROM debian:bookworm-slim
EXPOSE 23/tcp 3389
