FROM debian:bookworm-slim
RUN --mount=type=cache,target=/c --mount=FROM=busybox:1,target=/b ls
