FROM debian:bookworm-slim
RUN docker run --privileged debian:12
