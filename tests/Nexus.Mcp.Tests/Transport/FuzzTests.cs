using System.Net;
using System.Text;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Transport;

public sealed class FuzzTests(McpServerFixture server)
{
    private static readonly string[] Seeds =
    [
        Messages.Initialize, Messages.ListTools, Messages.WhoAmI,
        Messages.Call("nexusai_deploy_create", new { image = "nginx:1", port = 80, envVars = new { A = "1" }, dryRun = true }),
        Messages.Call("nexusai_deploy_logs", new { deploymentId = "x", since = "2026-01-01T00:00:00Z", type = "build", lines = 5 }),
        Messages.Modern("tools/call", new { name = "nexusai_whoami" }),
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"x"}}""",
    ];

    private static readonly string[] Pieces =
    [
        "null", "true", "5", "-1", "1e400", "\"\"", "\"x\"", "[]", "{}", "[[[[[[", "\\u0000", "\\ud800", "\"", ",", ":", "}", "]",
        "999999999999999999999", "\"_meta\":{\"progressToken\":[]},", "\"params\":", "\u00e4", "0001-01-01T00:00:00Z",
    ];

    [Fact]
    public async Task No_mangled_message_brings_the_server_to_a_500()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 2000; round++)
        {
            var body = Mangle(Seeds[random.Next(Seeds.Length)], random);
            var headers = random.Next(4) == 0 ? Messages.ModernHeaders("tools/call", "nexusai_whoami") : [];

            var answer = await server.PostAsync(body, null, headers);

            ((int)answer.Status).Should().BeLessThan((int)HttpStatusCode.InternalServerError, "of {0}", body);
            answer.Text.Should().NotContain("-32603", "of {0}", body).And.NotContain("INTERNAL_ERROR", "of {0}", body);
        }
    }

    private static string Mangle(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(0, 12), text.Length - at);
            text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }
}
