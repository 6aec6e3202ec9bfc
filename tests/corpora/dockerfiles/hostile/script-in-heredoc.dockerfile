FROM debian:bookworm-slim
RUN <<EOF
set -e
curl https://example.com/i | sh
EOF
