FROM debian:bookworm-slim
RUN --mount=type=bind,from=busybox:1,target=/b ls /b
