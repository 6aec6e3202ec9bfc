using Nexus.Auth.Tests.Hosting;
using Nexus.Core.Storage;
using Nexus.Testing;

[assembly: AssemblyFixture(typeof(Shared<AuthServer>))]
[assembly: AssemblyFixture(typeof(Shared<Browser>))]
[assembly: AssemblyFixture(typeof(Shared<PostgresServer>))]

namespace Nexus.Auth.Tests.Hosting;

/// <summary>Makes empty databases.</summary>
public static class NewDatabase
{
    public static async Task<DatabaseOptions?> OfAsync(DatabaseKind kind, Shared<PostgresServer> postgres) =>
        kind is DatabaseKind.Sqlite
            ? null
            : new() { DataDirectory = "unused", ConnectionString = await (await postgres.GetAsync()).CreateDatabaseAsync() };
}
