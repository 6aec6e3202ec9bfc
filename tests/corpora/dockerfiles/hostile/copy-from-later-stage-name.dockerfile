FROM debian:bookworm-slim
COPY --from=postfix /x /x
FROM debian:12 AS postfix
