FROM debian:bookworm-slim
ENV DATABASE_URL=postgres://app:hunter22@db/app
