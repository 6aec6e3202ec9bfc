FROM debian:bookworm-slim
COPY <<EOF /root/.ssh/id
-----BEGIN RSA PRIVATE KEY-----
abc
EOF
