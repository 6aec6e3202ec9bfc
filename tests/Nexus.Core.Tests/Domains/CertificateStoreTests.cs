using System.Text;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Domains.Certificates;
using Nexus.Core.Secrets;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Domains.DomainBench;

namespace Nexus.Core.Tests.Domains;

/// <summary>Who orders a certificate, when, and how it is kept. That it can be got is proved against a real authority elsewhere.</summary>
public sealed class CertificateStoreTests(Shared<DnsServer> dns, Shared<PostgresServer> postgres)
{
    private const string Pem = "-----BEGIN PRIVATE KEY----- canary";

    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_verified_domain_is_ordered_for_by_one_node_at_a_time(DatabaseKind kind)
    {
        await using var bench = await StartAsync(dns, await CoreHost.NewDatabaseAsync(kind, postgres));
        var (web, store, name) = (await bench.DeployAsync("web"), bench.Host.Get<CertificateStore>(), FreshName());
        var domain = await bench.AddAsync(web, name);
        (await store.TakeDueAsync(default)).Should().BeNull("it is only claimed");
        await bench.PublishAsync(domain);
        await bench.VerifyAsync(web, domain.Id);

        var orders = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.TakeDueAsync(default)));

        orders.OfType<CertificateOrder>().Should().ContainSingle().Which.Domain.Should().Be(name);
    }

    [Fact]
    public async Task A_certificate_is_kept_sealed_and_goes_with_its_domain()
    {
        await using var bench = await StartAsync(dns);
        var (web, store, name) = (await bench.DeployAsync("web"), bench.Host.Get<CertificateStore>(), FreshName());
        var domain = await bench.OwnAsync(web, name);
        await IssueAsync(store);

        (await store.ReadIssuedAsync(DateTimeOffset.UnixEpoch, default)).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { Domain = name, Pem });
        await using var db = await bench.Host.Database.CreateDbContextAsync();
        Encoding.Latin1.GetString((await db.IssuedCertificates.AsNoTracking().SingleAsync()).Sealed).Should().NotContain("canary");
        (await store.TakeDueAsync(default)).Should().BeNull("two thirds of its life are not over");

        await bench.RemoveAsync(web, domain.Id);
        (await store.ReadIssuedAsync(DateTimeOffset.UnixEpoch, default)).Should().BeEmpty();
        (await db.IssuedCertificates.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task What_failed_is_put_off_with_its_reason()
    {
        await using var bench = await StartAsync(dns);
        var store = bench.Host.Get<CertificateStore>();
        var domain = await bench.OwnAsync(await bench.DeployAsync("web"), FreshName());

        await store.FailAsync((await store.TakeDueAsync(default))!, "rateLimited: too many", TimeSpan.FromHours(3), default);

        (await store.TakeDueAsync(default)).Should().BeNull();
        (await bench.VerifyAsync("web", domain.Id)).Advice.Should().ContainSingle().Which.Should().Contain("rateLimited: too many");
        await using var db = await bench.Host.Database.CreateDbContextAsync();
        var certificate = await db.DomainCertificates.SingleAsync();
        certificate.Should().BeEquivalentTo(new { Failures = 1, LastError = "rateLimited: too many", LeaseOwner = (string?)null });
        certificate.NextAttemptAt.Should().BeAfter(DateTimeOffset.UtcNow.AddHours(2));
    }

    [Fact]
    public async Task A_node_that_lost_its_lease_changes_nothing()
    {
        await using var bench = await StartAsync(dns);
        var store = bench.Host.Get<CertificateStore>();
        await bench.OwnAsync(await bench.DeployAsync("web"), FreshName());
        var order = (await store.TakeDueAsync(default))!;

        await store.CompleteAsync(order with { Lease = "another" }, Pem, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90), default);

        (await store.ReadIssuedAsync(DateTimeOffset.UnixEpoch, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_new_encryption_key_takes_certificates_and_accounts_over()
    {
        await using var bench = await StartAsync(dns);
        var (database, old, fresh) = (bench.Host.Database, new VaultKey(new byte[32]), new VaultKey([.. Enumerable.Repeat((byte)1, 32)]));
        await bench.OwnAsync(await bench.DeployAsync("web"), FreshName());
        await IssueAsync(bench.Host.Get<CertificateStore>());
        await bench.Host.Get<CertificateStore>().GetAccountKeyAsync("https://acme.example", () => [7], default);
        var both = new VaultOptions(fresh, old);

        (await new Vault(database, new VaultCipher(both), both).RotateAsync(default)).Should().Be(2);

        var after = new CertificateStore(database, new VaultCipher(new VaultOptions(fresh)), TimeProvider.System);
        (await after.ReadIssuedAsync(DateTimeOffset.UnixEpoch, default)).Should().ContainSingle().Which.Pem.Should().Be(Pem);
        (await after.GetAccountKeyAsync("https://acme.example", () => [8], default)).Should().Equal(7);
        var check = () => new Vault(database, new VaultCipher(new VaultOptions(old)), new VaultOptions(old)).CheckKeysAsync(default);
        (await check.Should().ThrowAsync<NexusException>()).Which.Code.Should().Be("WRONG_ENCRYPTION_KEY");
    }

    [Theory]
    [InlineData(1, null, 15)]
    [InlineData(2, null, 30)]
    [InlineData(3, 600, 600)]
    [InlineData(50, null, 24 * 60)]
    public void Attempts_are_ever_further_apart_and_never_before_the_authority_allows(int failures, int? retryAfter, int minutes) =>
        CertificateSchedule.AfterFailure(failures, DateTimeOffset.UnixEpoch, retryAfter is { } wait ? TimeSpan.FromMinutes(wait) : null)
            .Should().Be(DateTimeOffset.UnixEpoch.AddMinutes(minutes));

    [Fact]
    public void A_certificate_is_renewed_when_a_third_of_its_life_is_left() =>
        CertificateSchedule.RenewAt(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(90)).Should().Be(DateTimeOffset.UnixEpoch.AddDays(60));

    private static async Task IssueAsync(CertificateStore store) => await store.CompleteAsync(
        (await store.TakeDueAsync(default))!, Pem, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90), default);
}
