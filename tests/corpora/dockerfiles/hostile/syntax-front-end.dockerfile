# syntax=evil/frontend:1
FROM debian:bookworm-slim
