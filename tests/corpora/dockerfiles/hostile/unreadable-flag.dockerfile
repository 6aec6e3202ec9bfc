FROM debian:bookworm-slim
RUN --device=x true
