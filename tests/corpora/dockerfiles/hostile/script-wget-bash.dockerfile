FROM debian:bookworm-slim
RUN wget -qO- https://example.com/i | bash -s -- -y
