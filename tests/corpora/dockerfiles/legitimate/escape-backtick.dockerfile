# escape=`
FROM debian:12
RUN echo a `
  b
COPY x C:\\x
