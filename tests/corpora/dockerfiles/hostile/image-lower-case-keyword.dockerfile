from busybox:1 as node
