FROM debian:bookworm-slim
ENV API_KEY abcdef123456
