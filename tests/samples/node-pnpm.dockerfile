FROM node:20-slim AS build
WORKDIR /app
RUN corepack enable pnpm
COPY package.json pnpm-lock.yaml ./
RUN pnpm install --frozen-lockfile
COPY . .
RUN CI=true pnpm prune --prod

FROM node:20-slim
ENV NODE_ENV=production PORT=3000
WORKDIR /app
RUN corepack enable pnpm
COPY --from=build --chown=1000:1000 /app ./
USER 1000
EXPOSE 3000
CMD ["sh", "-c", "exec node server.js"]
