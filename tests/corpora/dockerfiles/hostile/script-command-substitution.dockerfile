FROM debian:bookworm-slim
RUN sh -c "$(wget -qO- https://example.com/i)"
