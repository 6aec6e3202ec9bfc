using System.Text.Json.Nodes;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>A device without a browser: it shows a code, and asks until its person has answered elsewhere.</summary>
public sealed class DeviceClient(AuthServer server, Agent agent, JsonObject answer)
{
    public const string Grant = "urn:ietf:params:oauth:grant-type:device_code";

    public Agent Agent { get; } = agent;

    public JsonObject Answer { get; } = answer;

    public string UserCode => Answer["user_code"]!.GetValue<string>();

    public string DeviceCode => Answer["device_code"]!.GetValue<string>();

    /// <summary>Registers a client for devices alone, and asks for codes.</summary>
    public static async Task<DeviceClient> StartAsync(AuthServer server, Action<JsonObject>? change = null)
    {
        var agent = await Agent.RegisterAsync(server, metadata =>
        {
            metadata.Remove("redirect_uris");
            metadata.Remove("response_types");
            metadata["grant_types"] = new JsonArray(Grant, "refresh_token");
            change?.Invoke(metadata);
        });
        return await StartAsync(server, agent);
    }

    public static async Task<DeviceClient> StartAsync(AuthServer server, Agent agent, params (string Name, string? Value)[] parameters)
    {
        var answer = await AskAsync(agent, [("scope", Agent.AllScopes), ("resource", AuthServer.Resource), .. parameters]);
        return answer.Response.IsSuccessStatusCode ? new(server, agent, answer.Body) : throw new InvalidOperationException(answer.Body.ToJsonString());
    }

    public static async Task<TokenAnswer> AskAsync(Agent agent, params (string Name, string? Value)[] parameters) =>
        await TokenAnswer.ReadAsync(await agent.Http.PostAsync("/oauth/device", Agent.Form([("client_id", agent.ClientId), .. parameters])));

    public Task<TokenAnswer> PollAsync() => Agent.TokenAsync(("grant_type", Grant), ("device_code", DeviceCode));

    /// <summary>Waits as long as the server asks, and asks again.</summary>
    public Task<TokenAnswer> PollLaterAsync()
    {
        server.Time.Advance(TimeSpan.FromSeconds(5));
        return PollAsync();
    }

    /// <summary>The page with the question, for the person, who signs in on the way.</summary>
    public async Task<Page> OpenAsync(string? typed = null) =>
        await Agent.SignInAsync(await Agent.Browser.GoAsync("/device?user_code=" + Uri.EscapeDataString(typed ?? UserCode)));

    public async Task<Page> AnswerAsync(string decision, Page? page = null) =>
        await Agent.Browser.SubmitAsync(page ?? await OpenAsync(), ("decision", decision));
}
