FROM busybox:1 AS busybox
FROM busybox
