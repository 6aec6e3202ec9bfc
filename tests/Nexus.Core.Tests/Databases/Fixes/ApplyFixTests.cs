using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Fixes;
using Nexus.Core.Databases.Queries;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Databases.Fixes;

/// <summary>A proposal is applied once, where it was made for, as it was made, by those who may.</summary>
public sealed class ApplyFixTests(Shared<PostgresServer> postgres)
{
    private const string Log = "relation \"widgets\" does not exist";

    [Fact]
    public async Task It_wants_the_word_and_tells_what_it_would_do()
    {
        await using var bench = await FixBench.StartAsync(postgres, "");
        var proposal = await bench.ProposeAsync(Log);

        var unconfirmed = await RefusedAsync(() => bench.ApplyAsync(proposal, confirmed: false));
        var dry = await bench.ApplyAsync(proposal, options: new(DryRun: true), confirmed: false);

        unconfirmed.Code.Should().Be("CONFIRMATION_REQUIRED");
        unconfirmed.Details.Should().ContainSingle().Which.Should().BeOfType<QueryPreview>().Which.Sql.Should().Be(proposal.ProposedSql);
        (dry.Applied, dry.DryRun).Should().Be((false, true));
        dry.Plan.Should().Contain(new Change("statement", After: proposal.ProposedSql));
        (await IsThereAsync(bench)).Should().BeFalse();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Of_many_that_apply_it_at_a_time_one_does(DatabaseKind kind)
    {
        await using var bench = await FixBench.StartAsync(postgres, "", await CoreHost.NewDatabaseAsync(kind, postgres));
        var proposal = await bench.ProposeAsync(Log);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Outcome.OfAsync(() => bench.ApplyAsync(proposal))));

        outcomes.Where(outcome => outcome == "OK").Should().ContainSingle("{0}", string.Join(", ", outcomes));
        outcomes.Should().OnlyContain(outcome => outcome == "OK" || outcome == "PROPOSAL_IN_PROGRESS" || outcome == "PROPOSAL_APPLIED");
        (await IsThereAsync(bench)).Should().BeTrue();
        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal))).Should().Be("PROPOSAL_APPLIED");
    }

    [Fact]
    public async Task The_same_request_gives_the_same_answer()
    {
        await using var bench = await FixBench.StartAsync(postgres, "");
        var proposal = await bench.ProposeAsync(Log);

        var first = await bench.ApplyAsync(proposal, options: new(RequestId: "one"));
        var again = await bench.ApplyAsync(proposal, options: new(RequestId: "one"));

        again.Should().BeEquivalentTo(first).And.BeEquivalentTo(new { proposal.ProposalId, Applied = true, Sql = proposal.ProposedSql });
    }

    [Fact]
    public async Task It_is_refused_once_its_table_has_changed_and_not_when_another_has()
    {
        await using var bench = await FixBench.StartAsync(postgres, "CREATE TABLE a (id int); CREATE TABLE b (id int)");
        var proposal = await bench.ProposeAsync("column \"x\" of relation \"a\" does not exist");

        await bench.Source.ExecuteAsRoleAsync("ALTER TABLE b ADD COLUMN y int");
        var dry = await bench.ApplyAsync(proposal, options: new(DryRun: true));
        await bench.Source.ExecuteAsRoleAsync("ALTER TABLE a ADD COLUMN y int");

        dry.DryRun.Should().BeTrue();
        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal))).Should().Be("SCHEMA_CHANGED");
        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal, options: new(DryRun: true)))).Should().Be("SCHEMA_CHANGED");
    }

    [Fact]
    public async Task It_is_refused_once_the_rows_that_it_rests_upon_have_changed()
    {
        await using var bench = await FixBench.StartAsync(postgres, "CREATE TABLE t (id serial PRIMARY KEY); INSERT INTO t VALUES (1), (5)");
        var proposal = await bench.ProposeAsync("duplicate key value violates unique constraint \"t_pkey\"");

        await bench.Source.ExecuteAsRoleAsync("INSERT INTO t VALUES (9)");

        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal))).Should().Be("SCHEMA_CHANGED");
    }

    [Fact]
    public async Task It_is_applied_only_on_its_own_source_in_its_own_organisation_by_those_who_may_write()
    {
        await using var bench = await FixBench.StartAsync(postgres, "");
        var proposal = await bench.ProposeAsync(Log);
        var source = bench.Source.Id;
        var other = await bench.Source.ConnectAsync("other");
        var stranger = await bench.Source.Host.StrangerAsync();
        var reader = bench.Owner with { Scopes = new HashSet<string> { Scopes.DatabasesRead } };
        var auditor = bench.Owner with { Role = Role.Auditor };

        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal, source: other))).Should().Be("PROPOSAL_SOURCE_MISMATCH");
        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal, stranger, source: source))).Should().Be("PROPOSAL_NOT_FOUND");
        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal, reader, source: source))).Should().Be("MISSING_SCOPE");
        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal, auditor, source: source))).Should().Be("PERMISSION_DENIED");
        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal with { ProposalId = Guid.NewGuid() }, source: source))).Should().Be("PROPOSAL_NOT_FOUND");
        (await IsThereAsync(bench)).Should().BeFalse();
        (await bench.ApplyAsync(proposal, source: source)).Applied.Should().BeTrue();
    }

    [Fact]
    public async Task It_expires_and_goes_with_its_source()
    {
        await using var bench = await FixBench.StartAsync(postgres, "");
        var proposal = await bench.ProposeAsync(Log);
        await SetAsync(bench, set => set.SetProperty(one => one.ExpiresAt, DateTimeOffset.UnixEpoch));

        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal))).Should().Be("PROPOSAL_EXPIRED");
        await bench.Source.Sources.DeleteAsync(bench.Owner, bench.Source.Id, new(), default);
        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal))).Should().Be("PROPOSAL_NOT_FOUND");
    }

    [Fact]
    public async Task A_failure_leaves_it_to_be_applied_again()
    {
        await using var bench = await FixBench.StartAsync(postgres, "");
        var proposal = await bench.ProposeAsync(Log);

        await bench.Source.ExecuteAsync($"REVOKE CREATE ON SCHEMA public FROM {bench.Source.Role}, PUBLIC");
        (await Outcome.OfAsync(() => bench.ApplyAsync(proposal))).Should().Be("QUERY_FAILED");
        await bench.Source.ExecuteAsync($"GRANT CREATE ON SCHEMA public TO {bench.Source.Role}");

        (await bench.ApplyAsync(proposal)).Applied.Should().BeTrue();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task An_interrupted_one_is_told_of_and_goes_on_only_where_nothing_was_done(DatabaseKind kind)
    {
        await using var bench = await FixBench.StartAsync(postgres, "", await CoreHost.NewDatabaseAsync(kind, postgres));
        var undone = await bench.ProposeAsync(Log);
        await SetAsync(bench, set => set.SetProperty(one => one.State, FixState.Applying).SetProperty(one => one.StateSince, DateTimeOffset.UtcNow));
        (await Outcome.OfAsync(() => bench.ApplyAsync(undone))).Should().Be("PROPOSAL_IN_PROGRESS");

        await SetAsync(bench, set => set.SetProperty(one => one.StateSince, DateTimeOffset.UtcNow - TimeSpan.FromHours(1)));
        (await bench.ApplyAsync(undone)).Applied.Should().BeTrue();

        await SetAsync(bench, set => set.SetProperty(one => one.State, FixState.Applying).SetProperty(one => one.StateSince, DateTimeOffset.UtcNow - TimeSpan.FromHours(1)));
        (await Outcome.OfAsync(() => bench.ApplyAsync(undone))).Should().Be("PROPOSAL_OUTCOME_UNKNOWN", "the table is there now, whoever made it");
        (await Outcome.OfAsync(() => bench.ApplyAsync(undone))).Should().Be("PROPOSAL_OUTCOME_UNKNOWN");
    }

    [Fact]
    public async Task The_audit_names_the_proposal_and_holds_nothing_of_the_log()
    {
        await using var bench = await FixBench.StartAsync(postgres, "");

        var proposal = await bench.ProposeAsync(Log + " canary-in-log");
        await Outcome.OfAsync(() => bench.ApplyAsync(proposal, confirmed: false));
        await bench.ApplyAsync(proposal);

        await using var db = await bench.Source.Host.Database.CreateDbContextAsync();
        var records = await db.AuditRecords.Where(record => record.Operation.EndsWith("DatabaseFix")).OrderBy(record => record.Sequence).ToListAsync();
        records.Select(record => (record.Operation, record.Outcome)).Should().Equal(
            ("ProposeDatabaseFix", "OK"), ("ApplyDatabaseFix", "CONFIRMATION_REQUIRED"), ("ApplyDatabaseFix", "OK"));
        records[^1].Target.Should().Be(proposal.ProposalId.ToString());
        records[^1].Arguments.Should().Contain(bench.Source.Id.ToString());
        records.Should().NotContain(record => record.Arguments.Contains("canary"));
    }

    [Fact]
    public async Task A_stranger_and_one_without_the_scope_get_no_proposal()
    {
        await using var bench = await FixBench.StartAsync(postgres, "");

        (await bench.RefusedAsync(Log, await bench.Source.Host.StrangerAsync())).Code.Should().Be("SOURCE_NOT_FOUND");
        (await bench.RefusedAsync(Log, bench.Owner with { Scopes = new HashSet<string> { Scopes.DeploymentsLogs } })).Code.Should().Be("MISSING_SCOPE");
    }

    [Fact]
    public async Task A_deployment_of_another_organisation_does_not_exist()
    {
        await using var bench = await FixBench.StartAsync(postgres, "");
        var host = bench.Source.Host;
        await RecordedDeployments.AddAsync(host.Database, 1);
        await using var db = await host.Database.CreateDbContextAsync();
        var deployment = (await db.Deployments.SingleAsync()).Id.ToString();
        var stranger = await host.StrangerAsync();
        var own = (await bench.Source.Sources.ConnectAsync(stranger, bench.Source.Asked(), new(), default)).Source.Id;

        Task<string> AskAsync(Actor actor, Guid source) => Outcome.OfAsync(() => host.Get<FixProposals>().ProposeAsync(actor, new(source, Log, deployment), default));

        (await AskAsync(stranger, own)).Should().Be("DEPLOYMENT_NOT_FOUND");
        (await AskAsync(bench.Owner with { Scopes = new HashSet<string> { Scopes.DatabasesRead } }, bench.Source.Id)).Should().Be("MISSING_SCOPE");
    }

    private static async Task<bool> IsThereAsync(FixBench bench) => await bench.Source.ScalarAsync("SELECT to_regclass('widgets')::text") is string;

    private static async Task<NexusException> RefusedAsync(Func<Task> act) => (await act.Should().ThrowAsync<NexusException>()).Which;

    private static async Task SetAsync(
        FixBench bench, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<FixProposal>> set)
    {
        await using var db = await bench.Source.Host.Database.CreateDbContextAsync();
        (await db.FixProposals.ExecuteUpdateAsync(set)).Should().Be(1);
    }
}
