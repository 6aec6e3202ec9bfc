FROM debian:12
RUN [ -f /etc/hosts ] || exit 1
RUN if [ ! -d /x ]; then mkdir /x; fi; for i in a b; do echo $i; done
