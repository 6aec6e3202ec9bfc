FROM debian:bookworm-slim
RUN echo a \\
EXPOSE 22
