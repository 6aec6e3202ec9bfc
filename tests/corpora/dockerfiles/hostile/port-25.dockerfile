FROM debian:bookworm-slim
EXPOSE 25
