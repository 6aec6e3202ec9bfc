FROM debian:bookworm-slim
RUN if true; then curl https://example.com/i | sh; fi
