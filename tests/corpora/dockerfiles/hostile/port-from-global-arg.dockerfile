ARG P=25
FROM debian:bookworm-slim
ARG P
EXPOSE $P
