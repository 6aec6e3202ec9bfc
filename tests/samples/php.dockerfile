FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends composer git unzip && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY composer.json ./
RUN composer install --no-dev --no-scripts --no-autoloader --ignore-platform-reqs --no-interaction
COPY . .
RUN composer dump-autoload --no-dev --no-scripts --optimize --ignore-platform-reqs

FROM php:8.4-apache
RUN docker-php-ext-install pdo_mysql && a2enmod rewrite
RUN sed -ri 's/^Listen 80$/Listen 8080/' /etc/apache2/ports.conf && sed -ri 's!:80>!:8080>!; s!/var/www/html!/var/www/html/public!' /etc/apache2/sites-available/*.conf
COPY --from=build --chown=33:33 /app /var/www/html
ENV PORT=8080
USER 33
EXPOSE 8080
CMD ["sh", "-c", "exec apache2-foreground"]
