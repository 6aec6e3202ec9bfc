FROM debian:bookworm-slim
COPY --from=busybox:1 /bin/busybox /
