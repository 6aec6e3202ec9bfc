# syntax=docker/dockerfile:1
# check=skip=JSONArgsRecommended
FROM debian:12
RUN true
