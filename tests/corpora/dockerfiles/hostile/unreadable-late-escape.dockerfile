# hello
# escape=`
FROM debian:bookworm-slim
