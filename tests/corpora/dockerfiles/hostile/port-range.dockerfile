FROM debian:bookworm-slim
EXPOSE 20-30
