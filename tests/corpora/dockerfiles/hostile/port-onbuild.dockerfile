FROM debian:bookworm-slim
ONBUILD EXPOSE 22
