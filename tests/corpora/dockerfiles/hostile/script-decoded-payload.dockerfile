FROM debian:bookworm-slim
RUN echo Y3VybA== | base64 -d | sh
