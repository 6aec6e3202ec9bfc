FROM debian:12
ADD --chmod=755 https://example.com/tini /tini
ENTRYPOINT ["/tini", "--"]
CMD ["app"]
