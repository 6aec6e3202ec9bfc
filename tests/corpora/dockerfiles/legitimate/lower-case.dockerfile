from node:20 as build
run true
from nginx:latest
copy --from=build /x /y
expose 8080
