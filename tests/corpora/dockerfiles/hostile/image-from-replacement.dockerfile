ARG X=node:20
FROM ${X/node/busybox}
