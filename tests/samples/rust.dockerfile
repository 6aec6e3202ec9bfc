FROM rust:1-slim-bookworm AS build
WORKDIR /src
COPY Cargo.toml ./
RUN mkdir src && echo 'fn main() {}' > src/main.rs && cargo build --release && rm -rf src
COPY . .
RUN touch src/main.rs
RUN cargo build --release
RUN mkdir /out && cp target/release/sample /out/app

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /out/ ./
ENV PORT=8080
USER 1000
EXPOSE 8080
CMD ["sh", "-c", "exec ./app"]
