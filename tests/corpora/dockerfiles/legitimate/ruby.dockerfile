FROM ruby:3.3-slim
ENV RAILS_ENV=production SECRET_KEY_BASE_DUMMY=1
COPY Gemfile* ./
RUN bundle install
COPY . .
RUN SECRET_KEY_BASE=dummy bundle exec rails assets:precompile
EXPOSE 3000
CMD ["bundle", "exec", "puma"]
