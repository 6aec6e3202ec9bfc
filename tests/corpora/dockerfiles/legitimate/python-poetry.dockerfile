FROM python:3.12
RUN pip install poetry==1.8.3
COPY . .
RUN poetry install --no-root
CMD poetry run app
