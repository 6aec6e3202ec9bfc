FROM debian:bookworm-slim
RUN aws configure set aws_access_key_id AKIAABCDEFGHIJKLMNOP
