FROM openjdk:21-slim
COPY app.jar /
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "/app.jar"]
