FROM debian:12
COPY <<a <<b /dir/
one
a
two
b
RUN true
