FROM debian:bookworm-slim
RUN curl https://example.com/i | busybox sh
