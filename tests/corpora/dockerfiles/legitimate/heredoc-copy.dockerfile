FROM nginx:alpine
COPY <<EOF /etc/nginx/conf.d/default.conf
server { listen 8080; }
FROM postfix
EXPOSE 22
EOF
EXPOSE 8080
