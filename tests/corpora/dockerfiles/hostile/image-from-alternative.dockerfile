ARG X=1
FROM ${X:+busybox}:1
