using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Fixes;
using Nexus.Core.Databases.Fixes.Models;
using Nexus.Core.Databases.Queries;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Schema;
using Nexus.Core.Databases.Sources;

namespace Nexus.Core.Databases;

/// <summary>Registers what works on the databases of organisations. It needs the core, the vault and the storage.</summary>
public static class DatabaseServices
{
    public static IServiceCollection AddNexusDatabases(this IServiceCollection services, ExternalDatabaseOptions options) => services
        .AddSingleton(options)
        .AddSingleton<SourceAddresses>()
        .AddSingleton<SourceConnector>()
        .AddSingleton<SourceSlots>()
        .AddSingleton<SourcePasswords>()
        .AddSingleton<SourceSessions>()
        .AddSingleton<SqlParser>()
        .AddSingleton<SqlJudge>()
        .AddSingleton<CatalogCheck>()
        .AddSingleton<JudgedSessions>()
        .AddSingleton<StatementRunner>()
        .AddSingleton<QueryPreviews>()
        .AddSingleton<QueryCommands>()
        .AddSingleton<SchemaCache>()
        .AddSingleton<SchemaQueries>()
        .AddSingleton<SourceTester>()
        .AddSingleton<FixLogs>()
        .AddSingleton<FixModel>()
        .AddSingleton<FixTrial>()
        .AddSingleton<FixDrafts>()
        .AddSingleton<FixStore>()
        .AddSingleton<FixProposals>()
        .AddSingleton<FixCommands>()
        .AddSingleton<SourceQueries>()
        .AddSingleton<SourceCommands>();
}
