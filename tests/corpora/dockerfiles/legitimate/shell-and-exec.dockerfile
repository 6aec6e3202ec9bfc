FROM debian:12
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN ["/bin/echo", "a b"]
STOPSIGNAL SIGTERM
LABEL org.opencontainers.image.title="x y" a=b
USER 1000
VOLUME /data
