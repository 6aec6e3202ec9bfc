FROM --platform=linux/amd64 busybox:1
