using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Nexus.Core.Databases.Fixes.Models;

/// <summary>Makes the client of a model: one attempt, no redirects that would carry the key elsewhere, nothing from the environment.</summary>
internal static class ModelClients
{
    private static readonly Uri OpenAi = new("https://api.openai.com/v1");
    private static readonly Uri AnthropicApi = new("https://api.anthropic.com");

    public static IChatClient Create(FixModelOptions options)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = options.Timeout };
        return options.Protocol == ModelProtocol.Anthropic ? OfAnthropic(options, http) : OfOpenAi(options, http);
    }

    private static IChatClient OfOpenAi(FixModelOptions options, HttpClient http) => new ChatClient(
        options.Name,
        new ApiKeyCredential(options.Key ?? "none"),
        new OpenAIClientOptions
        {
            Endpoint = options.Endpoint ?? OpenAi,
            NetworkTimeout = options.Timeout,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(http),
        }).AsIChatClient();

    private static IChatClient OfAnthropic(FixModelOptions options, HttpClient http) => new AnthropicClient
    {
        ApiKey = options.Key ?? "none",
        BaseUrl = (options.Endpoint ?? AnthropicApi).ToString(),
        HttpClient = http,
        MaxRetries = 0,
        Timeout = options.Timeout,
    }.AsIChatClient(options.Name);
}
