using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Mcp.Tests.Support;
using Nexus.Testing;

namespace Nexus.Mcp.Tests.Uploads;

/// <summary>Zips over the wire: who may send them, what is answered, and that tools take what came.</summary>
public sealed class UploadEndpointTests : IAsyncLifetime
{
    private readonly McpServerFixture _server = new() { Sources = new() { LargestUploadBytes = 40 * 1024 * 1024 } };

    [Theory]
    [InlineData("application/zip")]
    [InlineData("application/octet-stream")]
    [InlineData("Application/ZIP; charset=binary")]
    public async Task A_zip_is_taken_in_and_deployed_by_what_is_answered(string mediaType)
    {
        var zip = Zip();

        var answer = await UploadAsync(zip, mediaType: mediaType);

        answer.Status.Should().Be(HttpStatusCode.Created);
        answer.ContentHeaders.ContentType!.MediaType.Should().Be("application/json");
        var id = answer.Json.GetProperty("uploadId").GetGuid();
        answer.Json.GetProperty("repoUrl").GetString().Should().Be($"upload:{id}");
        answer.Json.GetProperty("bytes").GetInt64().Should().Be(zip.Length);
        answer.Json.GetProperty("files").GetInt32().Should().Be(1);
        answer.Json.GetProperty("expiresAt").GetDateTimeOffset().Should().BeAfter(DateTimeOffset.UtcNow.AddHours(23));
        answer.Json.EnumerateObject().Should().HaveCount(5);
        var deployed = await _server.CallAsync("nexusai_deploy_source", new { repoUrl = $"upload:{id}", name = "zipped" });
        deployed.GetProperty("deployment").GetProperty("status").GetString().Should().Be("QUEUED");
        await using var db = await _server.OpenDatabaseAsync();
        (await db.Revisions.SingleAsync()).UploadId.Should().Be(id);
        (await db.AuditRecords.CountAsync(record => record.Operation == "UploadSource" && record.Surface == "uploads" && record.Target == id.ToString())).Should().Be(1);
    }

    [Fact]
    public async Task More_than_a_server_takes_in_elsewhere_is_taken_in_here()
    {
        var answer = await UploadAsync(Zip(35 * 1024 * 1024));

        answer.Status.Should().Be(HttpStatusCode.Created, answer.Text);
    }

    [Fact]
    public async Task A_token_that_is_not_good_is_answered_as_at_the_MCP_endpoint_and_the_body_is_not_read()
    {
        foreach (var token in new[] { Wire.NoToken, "garbage", _server.Tokens.Issue(Guid.NewGuid(), _server.Owner.OrganizationId, [.. Scopes.All]) })
        {
            var answer = await UploadAsync(Zip(20 * 1024 * 1024), token);

            answer.Status.Should().Be(HttpStatusCode.Unauthorized);
            answer.Header("WWW-Authenticate").Should().Be((await _server.PostAsync(Messages.WhoAmI, token)).Header("WWW-Authenticate")).And.NotBeEmpty();
            CodeOf(answer).Should().Be("UNAUTHORIZED");
        }

        (await _server.SendAsync(HttpMethod.Post, "/uploads?access_token=" + _server.OwnerToken, Content(Zip()), Wire.NoToken)).Status.Should().Be(HttpStatusCode.Unauthorized);
        await NothingIsThereAsync();
    }

    [Fact]
    public async Task Without_the_scope_or_the_role_it_is_forbidden_and_the_scope_is_named()
    {
        var read = _server.Tokens.Issue(_server.Owner.UserId, _server.Owner.OrganizationId, Scopes.DeploymentsRead, Scopes.DeploymentsDelete);
        var scopeless = await UploadAsync(Zip(), read);
        scopeless.Status.Should().Be(HttpStatusCode.Forbidden);
        scopeless.Header("WWW-Authenticate").Should().Contain("error=\"insufficient_scope\"").And.Contain("scope=\"deployments:create\"");
        CodeOf(scopeless).Should().Be("MISSING_SCOPE");

        foreach (var role in new[] { Role.Auditor, Role.BillingManager })
        {
            var refused = await UploadAsync(Zip(), await _server.JoinAsync(role));
            (refused.Status, CodeOf(refused)).Should().Be((HttpStatusCode.Forbidden, "PERMISSION_DENIED"));
        }

        await NothingIsThereAsync();
        foreach (var role in new[] { Role.Member, Role.DeploymentManager, Role.Admin })
            (await UploadAsync(Zip(), await _server.JoinAsync(role))).Status.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("")]
    public async Task Another_kind_of_body_is_refused(string mediaType)
    {
        var refused = await UploadAsync(Zip(), mediaType: mediaType);

        (refused.Status, CodeOf(refused)).Should().Be((HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE"));
        var packed = await _server.SendAsync(HttpMethod.Post, "/uploads", Encoded(Content(Zip())));
        packed.Status.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task What_is_no_archive_to_build_from_is_told_so_in_JSON()
    {
        foreach (var (body, status, code) in new[]
        {
            (Array.Empty<byte>(), HttpStatusCode.BadRequest, "ARCHIVE_EMPTY"),
            ("PK, but no zip"u8.ToArray(), HttpStatusCode.BadRequest, "ARCHIVE_INVALID"),
            (Zip()[..^5], HttpStatusCode.BadRequest, "ARCHIVE_INVALID"),
            (Zip(name: "../../evil"), HttpStatusCode.BadRequest, "ARCHIVE_PATH_NOT_ALLOWED"),
            (Zip(41 * 1024 * 1024), HttpStatusCode.RequestEntityTooLarge, "ARCHIVE_TOO_LARGE"),
        })
        {
            var refused = await UploadAsync(body);

            (refused.Status, CodeOf(refused)).Should().Be((status, code));
            refused.Error.GetProperty("hint").GetString().Should().NotBeNullOrEmpty();
            refused.ErrorMessage.Should().NotBeNullOrEmpty();
        }

        await NothingIsThereAsync();
    }

    [Fact]
    public async Task One_that_is_too_large_without_having_said_so_is_cut_off()
    {
        using var content = new StreamContent(new MemoryStream(new byte[41 * 1024 * 1024])) { Headers = { ContentType = new("application/zip") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/uploads") { Content = content, Headers = { TransferEncodingChunked = true, Authorization = new("Bearer", _server.OwnerToken) } };
        using var response = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        await NothingIsThereAsync();
    }

    [Fact]
    public async Task A_sender_that_hangs_up_leaves_nothing()
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, _server.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
            var head = $"POST /uploads HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {_server.OwnerToken}\r\nContent-Type: application/zip\r\nContent-Length: 1000000\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(new byte[200_000], TestContext.Current.CancellationToken);
            await Poll.UntilAsync(() => Scraps().Any(), "the upload to begin");
        }

        await Poll.UntilAsync(() => !Scraps().Any(), "what came of it to go");
        await NothingIsThereAsync();
    }

    [Fact]
    public async Task Anothers_upload_answers_as_one_that_never_was()
    {
        var mine = (await UploadAsync(Zip())).Json.GetProperty("repoUrl").GetString();
        var stranger = await StrangerAsync();

        var refused = await _server.FailAsync("nexusai_deploy_source", new { repoUrl = mine, name = "taken" }, stranger);
        var never = await _server.FailAsync("nexusai_deploy_source", new { repoUrl = $"upload:{Guid.NewGuid()}", name = "taken" }, stranger);

        (refused.Code, refused.Field).Should().Be(("UPLOAD_NOT_FOUND", "repoUrl"));
        refused.Result.GetRawText().Should().Be(never.Result.GetRawText());
    }

    [Fact]
    public async Task Too_many_that_wait_get_429()
    {
        await using var server = new McpServerFixture { Uploads = new() { MostWaiting = 1 } };
        await server.InitializeAsync();
        (await server.SendAsync(HttpMethod.Post, "/uploads", Content(Zip()))).Status.Should().Be(HttpStatusCode.Created);

        var refused = await server.SendAsync(HttpMethod.Post, "/uploads", Content(Zip()));

        (refused.Status, CodeOf(refused)).Should().Be((HttpStatusCode.TooManyRequests, "TOO_MANY_UPLOADS"));
    }

    [Fact]
    public async Task Other_verbs_hosts_and_pages_are_kept_away()
    {
        foreach (var verb in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            var answer = await _server.SendAsync(verb, "/uploads");
            answer.Status.Should().Be(HttpStatusCode.MethodNotAllowed);
            answer.ContentHeaders.Allow.Should().Equal("POST");
        }

        (await _server.SendAsync(HttpMethod.Post, "/uploads", Content(Zip()), null, ("Origin", "https://evil.example"))).Status.Should().Be(HttpStatusCode.Forbidden);
        (await _server.SendAsync(HttpMethod.Post, "/uploads", Content(Zip()), null, ("Host", "evil.example"))).Status.Should().Be(HttpStatusCode.Forbidden);
        (await _server.SendAsync(HttpMethod.Options, "/uploads", token: Wire.NoToken)).Status.Should().Be(HttpStatusCode.NoContent);
        await NothingIsThereAsync();
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>The owner of another organisation.</summary>
    private async Task<string> StrangerAsync()
    {
        var other = new Organization { Id = Guid.CreateVersion7(), Name = "Other", CreatedAt = DateTimeOffset.UtcNow };
        await using (var db = await _server.OpenDatabaseAsync())
        {
            db.Add(other);
            db.Add(new Project { Id = Guid.CreateVersion7(), OrganizationId = other.Id, Name = "default", CreatedAt = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync();
        }

        return (await _server.AddPersonAsync(Role.Owner, other.Id)).Token;
    }

    private Task<Answer> UploadAsync(byte[] body, string? token = null, string mediaType = "application/zip") =>
        _server.SendAsync(HttpMethod.Post, "/uploads", Content(body, mediaType), token);

    private static ByteArrayContent Content(byte[] body, string mediaType = "application/zip")
    {
        var content = new ByteArrayContent(body);
        if (mediaType.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    private static ByteArrayContent Encoded(ByteArrayContent content)
    {
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static byte[] Zip(int bytes = 10, string name = "index.html")
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(new byte[bytes]);
        }

        return file.ToArray();
    }

    private static string? CodeOf(Answer answer) => answer.Error.GetProperty("code").GetString();

    private IEnumerable<string> Scraps() =>
        Directory.Exists(Path.Combine(_server.DataDirectory, "sources"))
            ? Directory.EnumerateFiles(Path.Combine(_server.DataDirectory, "sources"), "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock"))
            : [];

    private async Task NothingIsThereAsync()
    {
        await using var db = await _server.OpenDatabaseAsync();
        (await db.Uploads.CountAsync()).Should().Be(0);
        (await db.UploadChunks.CountAsync()).Should().Be(0);
        Scraps().Should().BeEmpty();
    }
}
