FROM debian:bookworm-slim
ONBUILD COPY --from=busybox:1 / /
