FROM debian:bookworm-slim
ENTRYPOINT ["docker", "run", "--cap-add=SYS_ADMIN", "x"]
