FROM debian:bookworm-slim
ARG I=busybox
COPY --from=$I / /
