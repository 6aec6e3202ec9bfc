ARG X=busybox:1-node
FROM ${X%-*}
