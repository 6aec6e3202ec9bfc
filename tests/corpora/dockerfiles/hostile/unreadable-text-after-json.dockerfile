FROM debian:bookworm-slim
RUN ["sh", "-c", "true"] curl
