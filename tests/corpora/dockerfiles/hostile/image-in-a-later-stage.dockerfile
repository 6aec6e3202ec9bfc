FROM node:20 AS build
RUN npm ci
FROM busybox:1
