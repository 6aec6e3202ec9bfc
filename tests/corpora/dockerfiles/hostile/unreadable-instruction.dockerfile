FROM debian:bookworm-slim
RNU true
