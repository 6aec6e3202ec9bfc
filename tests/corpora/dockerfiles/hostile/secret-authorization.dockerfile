FROM debian:bookworm-slim
RUN wget --header "Authorization: Bearer abcdefghijk" https://example.com/x
