FROM ubuntu:24.04 AS build
RUN apt-get update && apt-get install -y --no-install-recommends dotnet-sdk-8.0 ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY ["Sample.csproj", "./"]
RUN dotnet restore
COPY . .
RUN dotnet publish -c Release -o /out --no-restore -p:UseAppHost=false

FROM ubuntu:24.04
RUN apt-get update && apt-get install -y --no-install-recommends aspnetcore-runtime-8.0 ca-certificates && rm -rf /var/lib/apt/lists/*
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_EnableDiagnostics=0 PORT=8080
WORKDIR /app
COPY --from=build /out ./
USER 1000
EXPOSE 8080
CMD ["sh", "-c", "exec dotnet 'Sample.dll'"]
