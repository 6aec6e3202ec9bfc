FROM debian:bookworm-slim
ENV DB_PASSWORD=hunter22
