FROM debian:bookworm-slim
ARG NPM_TOKEN=abcdefgh
