FROM debian:bookworm-slim
EXPOSE ${P:-23}
