namespace Nexus.Testing;

/// <summary>
/// Small applications to deploy, good and broken, built on busybox under names that the image policy allows:
/// <c>await engine.BuildAsync(TestImage.ExitsAtOnce)</c>. They listen on <c>$PORT</c>, or on 80.
/// </summary>
public sealed record TestImage(string Tag, string Command)
{
    private const string Serve = "exec httpd -f -p ${PORT:-80} -h /www";

    /// <summary>Ends with 3 after a line on standard error.</summary>
    public static TestImage ExitsAtOnce { get; } = new("alpine:exits-at-once", "echo 'cannot read /etc/app.conf' >&2; exit 3");

    /// <summary>Listens on 9999, whatever it is told.</summary>
    public static TestImage ListensElsewhere { get; } = new("alpine:listens-elsewhere", "echo listening on 9999; PORT=9999; " + Serve);

    /// <summary>Accepts connections and answers 404 to everything but <c>/cgi-bin/</c>.</summary>
    public static TestImage NeverHealthy { get; } = new("alpine:never-healthy", "rm /www/index.html; echo no page is ready; " + Serve);

    /// <summary>Listens after 3 seconds.</summary>
    public static TestImage StartsSlowly { get; } = new("alpine:starts-slowly", "echo warming up; sleep 3; echo ready; " + Serve);

    /// <summary>Answers, and logs <c>line 1</c>, <c>line 2</c> … ten times a second.</summary>
    public static TestImage StreamsLogs { get; } = new(
        "alpine:streams-logs", "(n=0; while true; do n=$((n+1)); echo line $n; sleep 0.1; done) & " + Serve);

    /// <summary>
    /// Answers <paramref name="text"/> at <c>/</c>, at <c>/cgi-bin/slow?SECONDS</c> after that time, and its environment
    /// at <c>/cgi-bin/environment</c>.
    /// </summary>
    public static TestImage Answers(string text) => new($"alpine:answers-{text}", $"echo {text} >/www/index.html; {Serve}");

    internal string Dockerfile => $"""
        FROM {BaseImage.Busybox.Tags[1]}
        COPY slow environment /www/cgi-bin/
        RUN echo ok >/www/index.html && chmod +x /www/cgi-bin/*
        EXPOSE 80
        CMD {Command}
        """;

    internal static (string Name, string Content)[] Files { get; } =
    [
        ("slow", "#!/bin/sh\nsleep $QUERY_STRING\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\ncat /www/index.html\n"),
        ("environment", "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\nenv\n"),
    ];
}
