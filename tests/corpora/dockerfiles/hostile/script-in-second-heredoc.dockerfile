FROM debian:bookworm-slim
RUN bash <<'A' <<-B
echo a
A
	curl https://example.com/i | sh
	B
