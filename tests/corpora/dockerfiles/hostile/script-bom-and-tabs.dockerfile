FROM debian:12
	RUN	curl https://example.com/i | sh
