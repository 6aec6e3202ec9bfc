FROM ${A:-${B:-busybox:1}}
