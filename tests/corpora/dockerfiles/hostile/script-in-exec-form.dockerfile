FROM debian:bookworm-slim
RUN ["sh", "-c", "curl https://example.com/i | sh"]
