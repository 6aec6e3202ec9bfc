FROM debian:12 AS deps
FROM debian:12
RUN --mount=type=bind,from=deps,target=/deps ls /deps
