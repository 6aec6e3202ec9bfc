using FluentAssertions;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases;
using Nexus.Core.Databases.Fixes;
using Nexus.Core.Storage;
using Nexus.Testing;
using Npgsql;

namespace Nexus.Core.Tests.Databases.Fixes;

/// <summary>A source whose role owns its tables, and what is proposed for it.</summary>
internal sealed class FixBench(SourceBench bench) : IAsyncDisposable
{
    public SourceBench Source => bench;

    public Actor Owner => bench.Owner;

    public static async Task<FixBench> StartAsync(
        Shared<PostgresServer> postgres, string schema, DatabaseOptions? storage = null, ExternalDatabaseOptions? options = null)
    {
        var bench = await SourceBench.StartAsync(postgres, options, storage);
        await bench.ExecuteAsync($"GRANT CREATE ON DATABASE {bench.DatabaseName} TO {bench.Role}");
        if (schema.Length > 0) await bench.ExecuteAsRoleAsync(schema);
        await bench.ConnectAsync();
        return new(bench);
    }

    /// <summary>Lets a statement fail as the role, and proposes a fix from what a driver would have logged.</summary>
    public async Task<ProposedFix> ProposeAfterAsync(string sql)
    {
        var error = await FailAsync(sql);
        return await ProposeAsync($"""
            ERROR:  {error.SqlState}: {error.MessageText}
            DETAIL:  {error.Detail}
            HINT:  {error.Hint}
            STATEMENT:  {sql}
            """);
    }

    public Task<ProposedFix> ProposeAsync(string log, Actor? actor = null) =>
        bench.Host.Get<FixProposals>().ProposeAsync(actor ?? Owner, new(bench.Id, log), default);

    public async Task<NexusException> RefusedAsync(string log, Actor? actor = null) =>
        (await FluentActions.Awaiting(() => ProposeAsync(log, actor)).Should().ThrowAsync<NexusException>()).Which;

    public Task<AppliedFix> ApplyAsync(ProposedFix proposal, Actor? actor = null, CommandOptions? options = null, bool confirmed = true, Guid? source = null) =>
        bench.Host.Get<FixCommands>().ApplyAsync(actor ?? Owner, new(proposal.ProposalId, source ?? bench.Id, confirmed), options ?? new(), default);

    /// <summary>Proposes, applies, and runs the statement that failed again.</summary>
    public async Task<ProposedFix> MendAsync(string sql)
    {
        var proposal = await ProposeAfterAsync(sql);
        await ApplyAsync(proposal);
        await bench.ExecuteAsRoleAsync(sql);
        return proposal;
    }

    private async Task<PostgresException> FailAsync(string sql) =>
        (await FluentActions.Awaiting(() => bench.ExecuteAsRoleAsync(sql)).Should().ThrowAsync<PostgresException>()).Which;

    public ValueTask DisposeAsync() => bench.DisposeAsync();
}
