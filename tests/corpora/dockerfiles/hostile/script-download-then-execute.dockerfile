FROM debian:bookworm-slim
RUN wget https://example.com/install.sh && chmod +x install.sh && ./install.sh
