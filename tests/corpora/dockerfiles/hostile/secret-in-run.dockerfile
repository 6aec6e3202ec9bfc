FROM debian:bookworm-slim
RUN export SECRET_KEY=abcdef && make
