FROM debian:12
RUN apt-get update \
  # curl | sh
  && apt-get install -y \

     curl \
  && rm -rf /var/lib/apt/lists/*
