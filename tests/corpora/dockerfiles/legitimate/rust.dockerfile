FROM rust:1.80 AS build
COPY . .
RUN cargo build --release
FROM debian:bookworm-slim
COPY --from=build /target/release/app /usr/local/bin/app
CMD ["app"]
