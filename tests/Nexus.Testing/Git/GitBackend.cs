using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Nexus.Testing;

/// <summary>Runs <c>git http-backend</c> for a request, as a web server does by CGI (RFC 3875).</summary>
internal sealed class GitBackend(string repositories)
{
    public async Task AnswerAsync(HttpContext context)
    {
        using var git = Start(context.Request);
        var gone = context.RequestAborted;
        using var end = gone.Register(() => git.Kill(entireProcessTree: true));
        try
        {
            var sending = SendAsync(context.Request, git.StandardInput.BaseStream);
            await CopyHeadersAsync(git.StandardOutput.BaseStream, context.Response);
            await git.StandardOutput.BaseStream.CopyToAsync(context.Response.Body, gone);
            await sending;
            await git.WaitForExitAsync(gone);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            context.Abort(); // The client has left.
        }
    }

    private Process Start(HttpRequest request)
    {
        var start = new ProcessStartInfo(Tool.Path("git"), ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var variables = new Dictionary<string, string?>
        {
            ["GIT_PROJECT_ROOT"] = repositories,
            ["GIT_HTTP_EXPORT_ALL"] = "1",
            ["PATH_INFO"] = request.Path.Value,
            ["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?'),
            ["REQUEST_METHOD"] = request.Method,
            ["CONTENT_TYPE"] = request.ContentType,
            ["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding,
            ["GIT_PROTOCOL"] = request.Headers["Git-Protocol"],
        };
        foreach (var (name, value) in variables) start.Environment[name] = value ?? "";
        return Process.Start(start)!;
    }

    private static async Task SendAsync(HttpRequest request, Stream input)
    {
        await using (input) await request.Body.CopyToAsync(input);
    }

    private static async Task CopyHeadersAsync(Stream output, HttpResponse response)
    {
        while (await ReadLineAsync(output) is { Length: > 0 } line)
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            if (name == "Status") response.StatusCode = int.Parse(value[..3], CultureInfo.InvariantCulture);
            else response.Headers[name] = value;
        }
    }

    private static async Task<string> ReadLineAsync(Stream output)
    {
        var line = new StringBuilder();
        var letter = new byte[1];
        while (await output.ReadAsync(letter) == 1 && letter[0] != '\n')
            if (letter[0] != '\r') line.Append((char)letter[0]);
        return line.ToString();
    }
}
