using FluentAssertions;
using Nexus.Core.Databases.Safety;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Databases.Safety;

/// <summary>Whoever connects a source learns at once what its role may do beyond reading and changing tables.</summary>
public sealed class RoleCheckTests(Shared<PostgresServer> postgres, Shared<SafetyDatabase> documented)
{
    [Theory]
    [InlineData("ALTER ROLE {0} SUPERUSER", "superuser")]
    [InlineData("ALTER ROLE {0} CREATEROLE", "CREATEROLE")]
    [InlineData("ALTER ROLE {0} CREATEDB", "CREATEDB")]
    [InlineData("ALTER ROLE {0} REPLICATION", "REPLICATION")]
    [InlineData("ALTER ROLE {0} BYPASSRLS", "BYPASSRLS")]
    [InlineData("GRANT pg_read_server_files TO {0}", "read the database server's files")]
    [InlineData("GRANT pg_write_server_files TO {0}", "write the database server's files")]
    [InlineData("GRANT pg_execute_server_program TO {0}", "run programs")]
    [InlineData("GRANT pg_read_all_data TO {0}", "pg_read_all_data")]
    [InlineData("GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO {0}", "pg_read_file")]
    [InlineData("CREATE ROLE {0}_chief SUPERUSER; GRANT {0}_chief TO {0}", "superuser")]
    [InlineData("CREATE ROLE {0}_maker CREATEROLE; GRANT {0}_maker TO {0}", "CREATEROLE")]
    [InlineData("CREATE ROLE {0}_copier REPLICATION; GRANT {0}_copier TO {0}", "REPLICATION")]
    [InlineData("CREATE ROLE {0}_seer BYPASSRLS; GRANT {0}_seer TO {0}", "BYPASSRLS")]
    [InlineData("CREATE ROLE {0}_a; CREATE ROLE {0}_b; GRANT pg_read_server_files TO {0}_a; GRANT {0}_a TO {0}_b; GRANT {0}_b TO {0}", "read the database server's files")]
    [InlineData("CREATE ROLE {0}_a; CREATE ROLE {0}_b; GRANT pg_execute_server_program TO {0}_a; GRANT {0}_a TO {0}_b; GRANT {0}_b TO {0}; ALTER ROLE {0} NOINHERIT", "run programs")]
    public async Task A_role_that_may_too_much_is_warned_of_when_its_source_is_connected(string made, string warning)
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        (await WarningsAsync(bench)).Should().BeEmpty();
        await bench.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, made, bench.Role));

        var warnings = await WarningsAsync(bench);

        warnings.Should().ContainSingle().Which.Should().Contain(warning).And.Contain("docs/databases.md");
    }

    [Fact]
    public async Task Its_database_and_its_powers_are_named_together()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        await bench.ExecuteAsync($"ALTER ROLE {bench.Role} CREATEDB REPLICATION; GRANT pg_read_server_files TO {bench.Role}; ALTER DATABASE {bench.DatabaseName} OWNER TO {bench.Role}");

        var warnings = await WarningsAsync(bench);

        warnings.Should().HaveCount(4).And.Contain(warning => warning.Contains("pg_database_owner"));
    }

    [Fact]
    public async Task The_documented_roles_are_warned_of_nothing()
    {
        var database = await documented.GetAsync();
        await using var writer = await database.WriterAsync();
        await using var developer = await database.DeveloperAsync();

        (await RoleCheck.CheckAsync(writer, default)).Should().BeEmpty();
        (await RoleCheck.CheckAsync(developer, default)).Should().BeEmpty();
    }

    private static async Task<IReadOnlyList<string>> WarningsAsync(SourceBench bench) =>
        (await bench.Sources.ConnectAsync(bench.Owner, bench.Asked(), new(DryRun: true), default)).Test!.Warnings;
}
