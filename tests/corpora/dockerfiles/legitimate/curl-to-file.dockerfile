FROM debian:12
RUN curl -fsSL https://example.com/x.tar.gz -o x.tar.gz && echo "abc  x.tar.gz" | sha256sum -c - && tar xzf x.tar.gz
