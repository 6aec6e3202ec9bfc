FROM debian:bookworm-slim
EXPOSE 22
