const http = require("http");
http.createServer((request, response) => response.end("Hello from the Node sample\n")).listen(process.env.PORT || 3000, "0.0.0.0");
