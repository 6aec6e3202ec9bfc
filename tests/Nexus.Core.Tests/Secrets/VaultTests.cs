using System.Security.Cryptography;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Secrets;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Secrets;

/// <summary>Values at rest: sealed, bound to their row, and moved from key to key.</summary>
public sealed class VaultTests(Shared<PostgresServer> postgres)
{
    private const string Canary = "canary-7f3e9a";

    private static readonly VaultKey Old = new([.. Enumerable.Repeat((byte)0, 32)]);
    private static readonly VaultKey New = new([.. Enumerable.Repeat((byte)1, 32)]);

    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Fact]
    public async Task A_value_is_nowhere_in_the_database_file()
    {
        await using var host = await CoreHost.StartAsync();
        var secret = await CreateAsync(host, "TOKEN");
        await host.Get<SecretCommands>().UpdateAsync(host.Owner, secret.Id, Canary + "2", new(RequestId: "again"), default);

        foreach (var file in Directory.GetFiles(host.DataDirectory))
            (await ReadSharedAsync(file)).Should().NotContain(Canary, "{0} is at rest", Path.GetFileName(file));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_version_keeps_its_own_value(DatabaseKind kind)
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));
        var secret = await CreateAsync(host, "TOKEN");
        var updated = await host.Get<SecretCommands>().UpdateAsync(host.Owner, secret.Id, "second", new(), default);

        updated.Secret.Version.Should().Be(2);
        (await host.Get<Vault>().OpenAsync(secret.Id, 1, default)).Should().Be(Canary);
        (await host.Get<Vault>().OpenAsync(secret.Id, 2, default)).Should().Be("second");
    }

    [Fact]
    public async Task A_sealed_value_does_not_open_in_another_row_or_after_a_change()
    {
        await using var host = await CoreHost.StartAsync();
        var mine = await CreateAsync(host, "MINE");
        var theirs = await CreateAsync(host, "THEIRS");
        await ChangeAsync(host, async db =>
        {
            var moved = await db.SecretVersions.SingleAsync(version => version.SecretId == mine.Id);
            var target = await db.SecretVersions.SingleAsync(version => version.SecretId == theirs.Id);
            target.Sealed = moved.Sealed;
            moved.Sealed = [.. moved.Sealed[..^1], (byte)(moved.Sealed[^1] ^ 1)];
        });

        foreach (var id in new[] { mine.Id, theirs.Id })
        {
            var open = () => host.Get<Vault>().OpenAsync(id, 1, default);
            await open.Should().ThrowAsync<CryptographicException>();
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Rotation_seals_everything_with_the_new_key_and_the_old_one_can_go(DatabaseKind kind)
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));
        var secrets = new List<SecretSummary>();
        for (var i = 0; i < 120; i++) secrets.Add(await CreateAsync(host, $"TOKEN_{i}"));

        (await WithKeys(host, New, Old).RotateAsync(default)).Should().Be(120);
        (await WithKeys(host, New, Old).RotateAsync(default)).Should().Be(0);

        var alone = WithKeys(host, New, null);
        await alone.CheckKeysAsync(default);
        foreach (var secret in secrets) (await alone.OpenAsync(secret.Id, 1, default)).Should().Be(Canary);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_at_the_start()
    {
        await using var host = await CoreHost.StartAsync();
        await WithKeys(host, New, null).CheckKeysAsync(default); // Nothing is sealed yet: any key will do.
        await CreateAsync(host, "TOKEN");

        var start = () => WithKeys(host, New, null).CheckKeysAsync(default);

        (await start.Should().ThrowAsync<NexusException>()).Which.Hint.Should().Contain("vault rotate");
    }

    private static Vault WithKeys(CoreHost host, VaultKey current, VaultKey? previous)
    {
        var options = new VaultOptions(current, previous);
        return new(host.Database, new VaultCipher(options), options);
    }

    private static async Task<SecretSummary> CreateAsync(CoreHost host, string name) =>
        (await host.Get<SecretCommands>().CreateAsync(host.Owner, new(name, Canary), new(RequestId: name), default)).Secret;

    private static async Task ChangeAsync(CoreHost host, Func<Nexus.Core.Storage.NexusDbContext, Task> change)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        await change(db);
        await db.SaveChangesAsync();
    }

    private static async Task<string> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
