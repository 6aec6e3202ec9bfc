FROM node:20-slim AS build
WORKDIR /app
RUN corepack enable yarn
COPY package.json yarn.lock ./
RUN yarn install --frozen-lockfile
COPY . .
RUN yarn install --production --frozen-lockfile || true

FROM node:20-slim
ENV NODE_ENV=production PORT=3000
WORKDIR /app
RUN corepack enable yarn
COPY --from=build --chown=1000:1000 /app ./
USER 1000
EXPOSE 3000
CMD ["sh", "-c", "exec node server.js"]
