FROM --platform=$BUILDPLATFORM golang:1.22 AS b
ARG TARGETARCH
RUN GOARCH=$TARGETARCH go build .
FROM debian:12
COPY --from=b /x /x
