FROM ghcr.io/library/node:20
