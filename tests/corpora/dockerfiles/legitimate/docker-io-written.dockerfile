FROM docker.io/library/node:20
