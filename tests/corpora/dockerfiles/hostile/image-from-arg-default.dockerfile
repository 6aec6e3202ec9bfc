ARG BASE=postfix:latest
FROM $BASE
