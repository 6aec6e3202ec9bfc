FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH VIRTUAL_ENV=/venv
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY . .

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PORT=8000
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build --chown=1000:1000 /app ./
USER 1000
EXPOSE 8000
CMD ["sh", "-c", "exec python main.py"]
