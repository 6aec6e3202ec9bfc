FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH VIRTUAL_ENV=/venv
COPY pyproject.toml poetry.lock ./
RUN python -m venv /poetry && /poetry/bin/pip install poetry && /poetry/bin/poetry install --only main --no-root --no-interaction
RUN pip install gunicorn
COPY . .

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PORT=8000
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build --chown=1000:1000 /app ./
USER 1000
EXPOSE 8000
CMD ["sh", "-c", "exec gunicorn app:app --bind 0.0.0.0:$PORT"]
