FROM golang:1.22 AS Build
FROM debian:12
COPY --from=build /x /x
