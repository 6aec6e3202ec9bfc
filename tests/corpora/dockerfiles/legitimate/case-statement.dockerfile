FROM debian:12
RUN case "$(uname -m)" in x86_64) A=amd64;; aarch64) A=arm64;; *) exit 1;; esac; echo $A
