FROM debian:bookworm-slim
EXPOSE ssh
