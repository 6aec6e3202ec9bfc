FROM nginx:alpine
RUN printf '%s\n' 'pid /tmp/nginx.pid;' 'error_log /dev/stderr warn;' 'events {}' 'http {' 'include /etc/nginx/mime.types;' 'access_log /dev/stdout;' 'client_body_temp_path /tmp/body; proxy_temp_path /tmp/proxy; fastcgi_temp_path /tmp/fastcgi; uwsgi_temp_path /tmp/uwsgi; scgi_temp_path /tmp/scgi;' 'sendfile on; gzip on; server_tokens off;' 'server { listen 8080; root /usr/share/nginx/html;' 'location ~ /\. { return 404; }' 'location / { try_files $uri $uri/ /index.html =404; } } }' > /etc/nginx/nginx.conf && rm -rf /usr/share/nginx/html/*
COPY . /usr/share/nginx/html
USER 101
EXPOSE 8080
CMD ["sh", "-c", "exec nginx -g 'daemon off;'"]
