FROM debian:12
RUN cat <<-'EOF' > /x
	echo $HOME
	EOF
EXPOSE 8080
