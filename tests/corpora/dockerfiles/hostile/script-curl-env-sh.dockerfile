FROM debian:bookworm-slim
RUN curl https://example.com/i | env A=1 /bin/sh
