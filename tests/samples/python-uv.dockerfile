FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH VIRTUAL_ENV=/venv
COPY pyproject.toml uv.lock ./
RUN pip install uv && uv sync --active --frozen --no-dev --no-install-project
COPY . .

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PORT=8000
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build --chown=1000:1000 /app ./
USER 1000
EXPOSE 8000
CMD ["sh", "-c", "exec uvicorn main:app --host 0.0.0.0 --port $PORT"]
