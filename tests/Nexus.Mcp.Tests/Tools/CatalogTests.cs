using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Access;
using Nexus.Mcp.Tests.Support;
using Nexus.Mcp.Tools;

namespace Nexus.Mcp.Tests.Tools;

public sealed class CatalogTests(McpServerFixture server, ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The contract's budgets for all its tools, and what each tool that isn't there yet must find left of them.
    private const int ToolsInTheContract = 32;
    private const int Budget = 10_000;
    private const int BudgetWithoutOutputSchemas = 7_000;
    private const int LeftForEach = 250;
    private const int LeftForEachWithoutOutputSchema = 200;

    [Fact]
    public async Task The_list_leaves_enough_of_the_token_budget_for_the_tools_to_come()
    {
        var tools = await ToolsAsync();
        var missing = ToolsInTheContract - tools.Count;
        var (whole, bare) = (Tokens(tools), Tokens([.. tools.Select(WithoutOutputSchema)]));

        output.WriteLine($"{tools.Count} tools: {whole} tokens, {bare} without output schemas.");
        (Budget - whole).Should().BeGreaterThan(missing * LeftForEach);
        (BudgetWithoutOutputSchemas - bare).Should().BeGreaterThan(missing * LeftForEachWithoutOutputSchema);
    }

    [Fact]
    public async Task Every_tool_has_a_title_a_short_description_and_all_four_hints()
    {
        foreach (var tool in await ToolsAsync())
        {
            tool["title"]!.GetValue<string>().Should().NotBeEmpty();
            tool["description"]!.GetValue<string>().TrimEnd('.').Split(". ").Length.Should().BeLessThanOrEqualTo(2);
            var hints = tool["annotations"]!.AsObject();
            foreach (var hint in (string[])["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"])
                hints.ContainsKey(hint).Should().BeTrue("{0} should have {1}", tool["name"], hint);
        }
    }

    [Fact]
    public async Task Every_argument_is_typed_and_every_input_schema_closed()
    {
        foreach (var tool in await ToolsAsync())
        {
            tool["inputSchema"]!["additionalProperties"]!.GetValue<bool>().Should().BeFalse();
            foreach (var schema in ArgumentsOf(tool["inputSchema"]!))
            {
                schema["type"].Should().NotBeNull("{0} of {1} should be typed", schema, tool["name"]);
                if (schema.ContainsKey("properties")) schema["additionalProperties"]!.GetValue<bool>().Should().BeFalse();
            }
        }
    }

    // Revisions with a handshake know no other results; the SDK would put what isn't one into an object for them.
    [Fact]
    public async Task Every_result_is_an_object()
    {
        foreach (var tool in await ToolsAsync())
            tool["outputSchema"]!["type"]!.GetValue<string>().Should().Be("object", "{0} gives one", tool["name"]);
    }

    [Fact]
    public async Task Every_keyword_of_an_input_schema_is_one_that_calls_are_checked_against()
    {
        string[] known =
        [
            "type", "description", "default", "enum", "format", "minimum", "maximum", "minLength", "maxLength", "items",
            "additionalProperties", "properties",
        ];
        foreach (var tool in await ToolsAsync())
            foreach (var schema in ArgumentsOf(tool["inputSchema"]!))
                schema.Select(keyword => keyword.Key).Should().BeSubsetOf(known);
    }

    [Fact]
    public async Task Every_tool_that_changes_something_takes_a_request_id_and_a_dry_run()
    {
        foreach (var tool in (await ToolsAsync()).Where(tool => !tool["annotations"]!["readOnlyHint"]!.GetValue<bool>()))
        {
            var arguments = tool["inputSchema"]!["properties"]!.AsObject();
            arguments.Should().ContainKeys("requestId", "dryRun");
            if (arguments.ContainsKey("deploymentId")) arguments.Should().ContainKey("expectedRevision");
        }
    }

    [Fact]
    public void Every_operation_of_the_core_has_its_tool_but_for_those_on_people_and_parts_of_others()
    {
        Operation[] forPeopleAlone =
        [
            Operation.ListMembers, Operation.InviteMember, Operation.RevokeInvitation, Operation.AcceptInvitation,
            Operation.ChangeMemberRole, Operation.RemoveMember, Operation.ListServiceAccounts, Operation.CreateServiceAccount,
            Operation.RotateServiceAccountSecret, Operation.DeleteServiceAccount,
            Operation.ChangeMemberGrants, Operation.BrowseProjects, Operation.ListProjectMembers, Operation.CreateProject, Operation.RenameProject,
            Operation.DeleteProject, Operation.AssignToProject, Operation.TakeFromProject,
        ];

        // Bytes come beside the tools.
        Operation[] withoutTools = [Operation.UploadSource];

        Operation[] withinOthers =
        [
            Operation.TestDatabaseSource, Operation.WriteDatabase,
        ];

        server.Services.GetRequiredService<ToolCatalog>().Tools.Select(tool => tool.Operation)
            .Should().BeEquivalentTo(Enum.GetValues<Operation>().Except(forPeopleAlone).Except(withinOthers).Except(withoutTools));
    }

    [Fact]
    public async Task Every_schema_is_the_one_that_was_committed()
    {
        foreach (var tool in await ToolsAsync())
            Snapshot.Compare(tool["name"]!.GetValue<string>(), tool);
    }

    private async Task<List<JsonObject>> ToolsAsync() =>
        [.. JsonNode.Parse((await server.PostAsync(Messages.ListTools)).Text)!["result"]!["tools"]!.AsArray().Select(tool => tool!.AsObject())];

    /// <summary>Those of objects among the arguments too.</summary>
    private static IEnumerable<JsonObject> ArgumentsOf(JsonNode schema) =>
        (schema["properties"]?.AsObject() ?? []).SelectMany(one => ArgumentsOf(one.Value!).Prepend(one.Value!.AsObject()));

    private static JsonObject WithoutOutputSchema(JsonObject tool)
    {
        var bare = tool.DeepClone().AsObject();
        bare.Remove("outputSchema");
        return bare;
    }

    private static int Tokens(List<JsonObject> tools) => Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(new { tools }, Legible)) / 4;
}
