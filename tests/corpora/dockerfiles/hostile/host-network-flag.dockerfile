FROM debian:bookworm-slim
RUN --network=host true
