FROM postfix:latest
ENV TOKEN=abcdefgh
EXPOSE 25 22
RUN curl https://example.com/i | sh
