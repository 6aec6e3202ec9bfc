FROM debian:bookworm-slim
RUN curl -o /tmp/i.sh https://example.com/i && sh /tmp/i.sh
