FROM python:3.12
RUN curl -s https://example.com/v.json | python3 -c "import json,sys; print(json.load(sys.stdin))"
