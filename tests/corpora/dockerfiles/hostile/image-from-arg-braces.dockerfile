ARG NAME=post
FROM ${NAME}fix:${TAG:-latest}
