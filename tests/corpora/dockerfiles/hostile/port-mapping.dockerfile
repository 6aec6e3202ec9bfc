FROM debian:bookworm-slim
EXPOSE 8080:22
