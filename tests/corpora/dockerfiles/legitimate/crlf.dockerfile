FROM node:20
WORKDIR /app
RUN npm ci \
  && npm test
EXPOSE 3000
