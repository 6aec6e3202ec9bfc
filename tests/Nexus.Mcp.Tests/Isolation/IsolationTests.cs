using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Access;
using Nexus.Mcp.Tests.Support;
using Nexus.Mcp.Tools;
using Nexus.Testing;

namespace Nexus.Mcp.Tests.Isolation;

/// <summary>
/// Every tool that takes an id, with ids that aren't the caller's to know: they answer as ids that never were, in words, shape and
/// questions to the database; nothing changes, and the audit has the tries. The tools are taken from the catalog.
/// </summary>
public sealed class IsolationTests(Shared<PostgresServer> postgres)
{
    private static readonly string[] OddIds =
    [
        "", " ", "null", "0", "-1", "*", "%", "web'; DROP TABLE \"Deployments\"; --", "' OR '1'='1", "../../etc/passwd", "..%2f..%2f", "C:\\",
        "{{7*7}}", "${secret:TOKEN}", "<script>", "\0", "a\0b", "\u202e\ud83e\udd84", "\uffff", "\r\nX-Injected: 1", "{00000000-0000-0000-0000-000000000000}",
        new('9', 100_000), new('\u00e9', 5_000),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_anothers_answers_as_what_never_was(bool onPostgres)
    {
        await using var server = await StartAsync(onPostgres);
        var around = await Neighbourhood.MakeAsync(server);
        var before = await Ledger.ReadAsync(server);
        foreach (var (tool, argument) in IdArguments(server))
        {
            var never = await TryAsync(server, around, tool, argument, Guid.CreateVersion7());
            never.Code.Should().EndWith("_NOT_FOUND", "{0} with a made-up {1}", Name(tool), argument);
            foreach (var id in around.Hidden.Ids.Values.Concat(around.Foreign.Ids.Values).Except([Allowed(around, argument)]))
            {
                var tried = await TryAsync(server, around, tool, argument, id);

                tried.Should().BeEquivalentTo(never, options => options.WithStrictOrdering(), "{0} with {1} of another", Name(tool), argument);
                await ShouldBeAuditedAsync(server, tool, id, tried.Code);
            }
        }

        (await Ledger.ReadAsync(server)).Should().Be(before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_deleted_answers_as_what_never_was(bool onPostgres)
    {
        await using var server = await StartAsync(onPostgres);
        var around = await Neighbourhood.MakeAsync(server);
        var deleted = await around.DeleteAsync(server);
        var before = await Ledger.ReadAsync(server);
        foreach (var (tool, argument) in IdArguments(server))
        {
            var never = await TryAsync(server, around, tool, argument, Guid.CreateVersion7());
            foreach (var id in deleted.Ids.Where(id => id != deleted.MyDeployment || !MayKnowOfDeleted(tool)))
            {
                var tried = await TryAsync(server, around, tool, argument, id);

                (tried.Code, tried.Text).Should().Be((never.Code, never.Text), "{0} with {1} of what was deleted", Name(tool), argument);
                if (id != deleted.MyDeployment) tried.Statements.Should().Equal(never.Statements);
                await ShouldBeAuditedAsync(server, tool, id, tried.Code);
            }
        }

        (await Ledger.ReadAsync(server)).Should().Be(before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Odd_ids_are_refused_and_change_nothing(bool onPostgres)
    {
        await using var server = await StartAsync(onPostgres);
        var around = await Neighbourhood.MakeAsync(server);
        var before = await Ledger.ReadAsync(server);
        foreach (var (tool, argument) in IdArguments(server))
        {
            foreach (var odd in OddIds.Append(around.Foreign.Name).Append(around.Hidden.Name))
            {
                var answer = await server.PostAsync(Body(around, tool, argument, odd), around.Me.Token);

                answer.Status.Should().Be(HttpStatusCode.OK);
                CodeOf(answer).Should().Match(
                    code => code.EndsWith("_NOT_FOUND") || code == "INVALID_ARGUMENTS",
                    "{0} with the {1} {2} answered {3}", Name(tool), argument, odd.Length > 100 ? odd[..100] : odd, answer.Text);
                answer.Text.Length.Should().BeLessThan(2000);
            }

            // Half of a surrogate pair, which no text can hold.
            var half = Body(around, tool, argument, "HALF").Replace("HALF", "\\ud800", StringComparison.Ordinal);
            (await server.PostAsync(half, around.Me.Token)).Status.Should().Be(HttpStatusCode.BadRequest);
        }

        foreach (var (tool, argument) in Cursors(server).Append((Tools(server).First(tool => Name(tool) == "nexusai_secrets_create"), "requestId")))
            foreach (var odd in OddIds)
            {
                var answer = await server.PostAsync(Body(around, tool, argument, odd, dryRun: argument == "requestId"), around.Me.Token);
                (answer.Status, CodeOf(answer)).Should().Match<(HttpStatusCode, string)>(
                    one => one.Item1 == HttpStatusCode.OK && one.Item2 != "INTERNAL_ERROR", "{0} with the {1} {2}", Name(tool), argument, odd.Length > 100 ? odd[..100] : odd);
            }

        (await Ledger.ReadAsync(server)).Should().Be(before);
    }

    [Fact]
    public async Task A_cursor_of_anothers_list_gives_nothing_of_it()
    {
        await using var server = await StartAsync(onPostgres: false);
        var around = await Neighbourhood.MakeAsync(server);
        foreach (var (tool, _) in Cursors(server).Where(one => one.Argument == "cursor" && Required(one.Tool) == 0))
        {
            foreach (var id in around.Hidden.Ids.Values.Concat(around.Foreign.Ids.Values))
            {
                var page = await server.PostAsync(Body(around, tool, "cursor", id.ToString("N")), around.Me.Token);

                foreach (var hidden in around.Foreign.Ids.Values.Append(around.Hidden.ProjectId).Append(around.Hidden.Ids["deploymentId"]).Append(around.Hidden.Ids["secretId"]))
                    page.Text.Should().NotContain(hidden.ToString(), "of {0}", Name(tool));
            }
        }
    }

    [Fact]
    public async Task A_request_id_is_each_persons_own()
    {
        await using var server = await StartAsync(onPostgres: false);
        var around = await Neighbourhood.MakeAsync(server);
        var asked = new { image = "nginx:1.27", port = 80, requestId = "one-and-the-same" };
        var ids = new List<string?>();
        foreach (var token in new[] { server.OwnerToken, around.Me.Token, around.Stranger.Token, around.Me.Token })
            ids.Add((await server.CallAsync("nexusai_deploy_create", asked, token)).GetProperty("deployment").GetProperty("id").GetString());

        ids.Take(3).Should().OnlyHaveUniqueItems();
        ids[3].Should().Be(ids[1], "it is a repetition of mine");
    }

    [Fact]
    public async Task Lists_hold_nothing_of_another_project_or_organisation()
    {
        await using var server = await StartAsync(onPostgres: false);
        var around = await Neighbourhood.MakeAsync(server);
        foreach (var tool in Tools(server).Where(tool => Required(tool) == 0 && tool.ProtocolTool.Annotations!.ReadOnlyHint == true))
        {
            var mine = (await server.PostAsync(Messages.Call(Name(tool)), around.Me.Token)).Text;

            foreach (var (argument, id) in around.Hidden.Ids.Where(one => !Neighbourhood.SharedKinds.Contains(one.Key)).Concat(around.Foreign.Ids))
                mine.Should().NotContain(id.ToString(), "{0} is no business of theirs at {1}", argument, Name(tool));
            mine.Should().NotContain("foreign");
        }
    }

    private async Task<McpServerFixture> StartAsync(bool onPostgres)
    {
        var server = new McpServerFixture
        {
            ConnectionString = onPostgres ? await (await postgres.GetAsync()).CreateDatabaseAsync() : null,
            Addresses = new("http://localhost:8080", "http://localhost:8080", "http://localhost:8080", "apps.test"),
            Domains = new() { Resolvers = [new(IPAddress.Loopback, 1)], PublicAddress = IPAddress.Parse("203.0.113.7") },
        };
        await server.InitializeAsync();
        return server;
    }

    private static IReadOnlyList<NexusTool> Tools(McpServerFixture server) => server.Services.GetRequiredService<ToolCatalog>().Tools;

    private static string Name(NexusTool tool) => tool.ProtocolTool.Name;

    private static JsonElement Properties(NexusTool tool) => tool.ProtocolTool.InputSchema.GetProperty("properties");

    private static int Required(NexusTool tool) =>
        tool.ProtocolTool.InputSchema.TryGetProperty("required", out var required) ? required.GetArrayLength() : 0;

    /// <summary>Every argument of every tool that names a thing; a request id names a request.</summary>
    private static List<(NexusTool Tool, string Argument)> IdArguments(McpServerFixture server) =>
    [
        .. from tool in Tools(server)
           where Properties(tool).ValueKind == JsonValueKind.Object
           from property in Properties(tool).EnumerateObject()
           where property.Name.EndsWith("Id", StringComparison.Ordinal) && property.Name != "requestId"
           select (tool, property.Name),
    ];

    private static List<(NexusTool Tool, string Argument)> Cursors(McpServerFixture server) =>
        [.. Tools(server).Where(tool => Properties(tool).TryGetProperty("cursor", out _)).Select(tool => (tool, "cursor"))];

    /// <summary>What is the whole organisation's is no secret of the hidden project.</summary>
    private static Guid Allowed(Neighbourhood around, string argument) =>
        Neighbourhood.SharedKinds.Contains(argument) ? around.Hidden.Ids[argument] : Guid.Empty;

    /// <summary>The record of a deployment outlives it: whoever saw it can read of it, and deleting it again is no error.</summary>
    private static bool MayKnowOfDeleted(NexusTool tool) =>
        tool.ProtocolTool.Annotations!.ReadOnlyHint == true || tool.Operation == Operation.DeleteDeployment;

    /// <summary>What a call with my own things is like, but for one id.</summary>
    private static string Body(Neighbourhood around, NexusTool tool, string argument, string id, bool dryRun = false)
    {
        var sample = ToolSamples.For(JsonNode.Parse(JsonSerializer.Serialize(new { inputSchema = tool.ProtocolTool.InputSchema }))!);
        if (!dryRun) sample.Remove("dryRun"); // In earnest: a try that got in would show.
        foreach (var (name, own) in around.Mine.Ids)
            if (sample.ContainsKey(name)) sample[name] = own.ToString();
        sample[argument] = id;
        return Messages.Call(Name(tool), sample);
    }

    private static async Task<Attempt> TryAsync(McpServerFixture server, Neighbourhood around, NexusTool tool, string argument, Guid id)
    {
        server.Statements.Take();
        var answer = await server.PostAsync(Body(around, tool, argument, id.ToString()), around.Me.Token);
        var statements = server.Statements.Take().Where(statement => !statement.Contains("UsageCounts", StringComparison.Ordinal)); // Counted at leisure.
        return new(CodeOf(answer), answer.Text.Replace(id.ToString(), "ID", StringComparison.Ordinal), [.. statements]);
    }

    private static string CodeOf(Answer answer)
    {
        var result = answer.Json.GetProperty("result");
        if (!result.TryGetProperty("isError", out _)) return "OK";
        using var error = JsonDocument.Parse(result.GetProperty("content")[0].GetProperty("text").GetString()!);
        return error.RootElement.GetProperty("error").GetProperty("code").GetString()!;
    }

    private static async Task ShouldBeAuditedAsync(McpServerFixture server, NexusTool tool, Guid id, string code)
    {
        await using var db = await server.OpenDatabaseAsync();
        var operation = tool.Operation.ToString();
        db.AuditRecords.Where(record => record.Operation == operation && record.Outcome == code).AsEnumerable()
            .Should().Contain(record => record.Arguments.Contains(id.ToString()), "{0} was tried with {1}", operation, id);
    }

    /// <summary>What a try shows, and what it asked of the database.</summary>
    private sealed record Attempt(string Code, string Text, IReadOnlyList<string> Statements);
}
