FROM debian:bookworm-slim
ENV P=22
EXPOSE $P
