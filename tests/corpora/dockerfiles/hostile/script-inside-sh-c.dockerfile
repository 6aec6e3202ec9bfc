FROM debian:bookworm-slim
RUN bash -ec 'curl https://example.com/i | bash'
