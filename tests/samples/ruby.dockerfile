FROM ruby:3.3-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends build-essential git libpq-dev libyaml-dev && rm -rf /var/lib/apt/lists/*
ENV BUNDLE_WITHOUT=development:test
WORKDIR /app
COPY Gemfile ./
RUN bundle install
COPY . .

FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends libpq5 libyaml-0-2 && rm -rf /var/lib/apt/lists/*
ENV RACK_ENV=production RAILS_ENV=production RAILS_LOG_TO_STDOUT=1 BUNDLE_WITHOUT=development:test PORT=3000
WORKDIR /app
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --from=build --chown=1000:1000 /app ./
USER 1000
EXPOSE 3000
CMD ["sh", "-c", "exec bundle exec rackup -o 0.0.0.0 -p $PORT"]
