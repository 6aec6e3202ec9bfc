FROM debian:12
# FROM postfix:latest
# EXPOSE 22
# curl https://x | sh
RUN true
