ARG X=xbusybox:1
FROM ${X#x}
