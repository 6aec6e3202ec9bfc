using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Tests.Sources.Archives;
using Nexus.Core.Uploads;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Uploads;

/// <summary>How archives come in and are kept, on both databases.</summary>
public sealed class UploadTests(Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_upload_is_kept_in_chunks_and_comes_out_as_it_went_in(DatabaseKind kind)
    {
        await using var bench = await UploadBench.StartAsync(kind, postgres);
        var archive = UploadBench.Zip(5 * UploadChunk.Length / 2);

        var receipt = await bench.UploadAsync(archive);

        receipt.Should().BeEquivalentTo(new { Bytes = archive.Length, Files = 1, RepoUrl = $"upload:{receipt.UploadId}" });
        (await bench.KeptAsync()).Should().Be((1, 3));
        using var copy = new MemoryStream();
        var upload = await bench.Host.Get<UploadStore>().CopyAsync(receipt.UploadId, copy, default);
        copy.ToArray().Should().Equal(archive);
        upload.Should().BeEquivalentTo(new { bench.Host.Owner.OrganizationId, UploadedBy = bench.Host.Owner.UserId });
        (upload.ExpiresAt - upload.CreatedAt).Should().Be(TimeSpan.FromHours(24));
        receipt.ExpiresAt.Should().BeCloseTo(upload.ExpiresAt, TimeSpan.FromMicroseconds(1), "PostgreSQL keeps no more");
        bench.Scraps().Should().BeEmpty();
    }

    [Fact]
    public async Task The_audit_says_what_came_and_what_was_refused()
    {
        await using var bench = await UploadBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var receipt = await bench.UploadAsync(UploadBench.Zip());
        await UploadBench.RefusedAsync(() => bench.UploadAsync([1, 2, 3]));

        await using var db = await bench.Host.Database.CreateDbContextAsync();
        var records = await db.AuditRecords.Where(record => record.Operation == nameof(Operation.UploadSource)).OrderBy(record => record.Id).ToListAsync();
        records.Select(record => record.Outcome).Should().Equal("OK", "ARCHIVE_INVALID");
        records[0].Target.Should().Be(receipt.UploadId.ToString());
        records[0].Arguments.Should().MatchRegex("\"bytes\":[0-9]+,\"files\":1,\"sha256\":\"[0-9a-f]{64}\"");
    }

    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "nothing", "ARCHIVE_EMPTY" },
        { "no files", "ARCHIVE_EMPTY" },
        { "no zip", "ARCHIVE_INVALID" },
        { "truncated", "ARCHIVE_INVALID" },
        { "headless", "ARCHIVE_INVALID" },
        { "bomb", "ARCHIVE_TOO_LARGE" },
        { "escape", "ARCHIVE_PATH_NOT_ALLOWED" },
        { "twice", "ARCHIVE_PATH_NOT_ALLOWED" },
        { "link", "ARCHIVE_LINK_NOT_ALLOWED" },
        { "encrypted", "ARCHIVE_ENCRYPTED" },
        { "100000 files", "ARCHIVE_TOO_MANY_FILES" },
        { "too large", "ARCHIVE_TOO_LARGE" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_bad_archive_is_refused_at_once_and_nothing_of_it_stays(string what, string code)
    {
        await using var bench = await UploadBench.StartAsync(DatabaseKind.Sqlite, postgres, sources: new() { LargestUploadBytes = 20_000_000 });
        var archive = Archive(what);

        (await UploadBench.RefusedAsync(() => bench.UploadAsync(archive))).Code.Should().Be(code);
        (await UploadBench.RefusedAsync(() => bench.UploadAsync(new MemoryStream(archive), length: null))).Code.Should().Be(code, "also where its length is not told before");

        (await bench.KeptAsync()).Should().Be((0, 0));
        bench.Scraps().Should().BeEmpty();
    }

    [Fact]
    public async Task One_that_says_that_it_is_too_large_is_not_even_read()
    {
        await using var bench = await UploadBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var body = new BrokenBody(0, _ => throw new InvalidOperationException("It was read."));

        (await UploadBench.RefusedAsync(() => bench.UploadAsync(body, length: long.MaxValue))).Code.Should().Be("ARCHIVE_TOO_LARGE");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_upload_that_is_cut_off_leaves_nothing(DatabaseKind kind)
    {
        await using var bench = await UploadBench.StartAsync(kind, postgres);
        var cut = new BrokenBody(3_000_000, _ => throw new IOException("The connection was reset."));
        await bench.Invoking(one => one.UploadAsync(cut, 9_000_000)).Should().ThrowAsync<IOException>();

        using var hangUp = new CancellationTokenSource();
        var stalled = new BrokenBody(3_000_000, async token =>
        {
            await hangUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });
        await bench.Invoking(one => one.UploadAsync(stalled, 9_000_000, cancellation: hangUp.Token)).Should().ThrowAsync<OperationCanceledException>();

        (await bench.KeptAsync()).Should().Be((0, 0));
        bench.Scraps().Should().BeEmpty();
        await bench.UploadAsync(UploadBench.Zip());
    }

    [Fact]
    public async Task An_upload_that_takes_too_long_is_given_up()
    {
        await using var bench = await UploadBench.StartAsync(DatabaseKind.Sqlite, postgres, uploads: new() { Time = TimeSpan.FromMilliseconds(50) });
        var stalled = new BrokenBody(100, token => Task.Delay(Timeout.Infinite, token));

        (await UploadBench.RefusedAsync(() => bench.UploadAsync(stalled, length: null))).Code.Should().Be("UPLOAD_TIMEOUT");
        bench.Scraps().Should().BeEmpty();
    }

    [Fact]
    public async Task Who_may_not_deploy_may_not_upload_and_their_body_is_not_read()
    {
        await using var bench = await UploadBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var body = new BrokenBody(0, _ => throw new InvalidOperationException("It was read."));
        foreach (var (actor, code) in new[]
        {
            (bench.Host.Owner with { Scopes = new HashSet<string> { Scopes.DeploymentsRead, Scopes.DeploymentsDelete } }, "MISSING_SCOPE"),
            (bench.Host.Owner with { Role = Role.Auditor }, "PERMISSION_DENIED"),
            (bench.Host.Owner with { Role = Role.BillingManager }, "PERMISSION_DENIED"),
        })
            (await UploadBench.RefusedAsync(() => bench.UploadAsync(body, length: 1, actor))).Code.Should().Be(code);
    }

    private static byte[] Archive(string what) => what switch
    {
        "nothing" => [],
        "no files" => ZipBench.Pack("folder/"),
        "no zip" => "<html>It is none</html>"u8.ToArray(),
        "truncated" => UploadBench.Zip()[..^10],
        "headless" => UploadBench.Zip()[40..],
        "bomb" => ZipBench.Pack(zip => ZipBench.Add(zip, "zeros", new string('\0', 64 * 1024 * 1024))),
        "escape" => ZipBench.Pack("good", "../evil"),
        "twice" => ZipBench.Pack("top", "a", "A"),
        "link" => ZipBench.Pack(zip => ZipBench.Add(zip, "link", "/etc/passwd", 0xA1FF)),
        "encrypted" => ZipBench.Patch(ZipBench.Pack("a"), 8, [0x01]),
        "100000 files" => ZipBench.Pack(Enumerable.Range(0, 100_000).Select(number => $"{number}")),
        _ => UploadBench.Zip(20_000_001),
    };
}
