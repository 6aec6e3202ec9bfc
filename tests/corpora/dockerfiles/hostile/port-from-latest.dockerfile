FROM debian:bookworm-slim
ENV P=8080
ARG P=22
EXPOSE ${P}/tcp
