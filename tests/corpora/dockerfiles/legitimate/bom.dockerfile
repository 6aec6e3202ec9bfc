FROM node:20
RUN true
