namespace Nexus.Testing;

/// <summary>
/// A base image made from this machine's packages, because no registry is asked. To add one: a folder with a Dockerfile
/// under <c>Docker/Images</c>, and a line here.
/// </summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="From">The base image that its Dockerfile begins with; <c>null</c> for <c>scratch</c>.</param>
/// <param name="Tags">What it is called on the engine.</param>
public sealed record BaseImage(string Name, BaseImage? From, params IReadOnlyList<string> Tags)
{
    /// <summary>A static busybox with httpd, wget and nc (2 MB); also under a name that the engine's image policy allows.</summary>
    public static BaseImage Busybox { get; } = new("busybox", null, "busybox:1", "alpine:nexus-test");

    public static BaseImage Debian { get; } = new("debian", null, "debian:bookworm-slim");

    /// <summary>A real nginx that says "Welcome to nginx!" on port 80.</summary>
    public static BaseImage Nginx { get; } = new("nginx", Debian, "nginx:latest", "nginx:alpine");

    public static BaseImage Python { get; } = new("python", Debian, "python:3", "python:3-slim");

    /// <summary>An application with what deployments must not cut off: keep-alive, a slow stream at <c>/stream?SECONDS</c>, a WebSocket at <c>/socket</c>.</summary>
    public static BaseImage Web { get; } = new("web", Debian, "python:web");

    public static BaseImage Node { get; } = new("node", Debian, "node:20", "node:20-slim");

    /// <summary>PostgreSQL that takes the official image's variables; with psql, redis-cli and busybox for applications of tests.</summary>
    public static BaseImage Postgres { get; } = new("postgres", Debian, "postgres:17");

    public static BaseImage Redis { get; } = new("redis", Debian, "redis:7.4");
}
