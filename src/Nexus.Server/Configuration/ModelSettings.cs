using Nexus.Core.Databases.Fixes.Models;

namespace Nexus.Server.Configuration;

/// <summary>The model that drafts fixes of databases: none, unless the operator names one.</summary>
internal static class ModelSettings
{
    private const string Section = "Nexus:Databases:Model:";

    public static FixModelOptions? Read(SettingValues values)
    {
        var (protocol, name) = (values.OneOf<ModelProtocol>(Section + "Protocol"), values.Text(Section + "Name"));
        var (endpoint, key) = (values.Address(Section + "Endpoint"), values.Text(Section + "Key"));
        var seconds = values.Number(Section + "TimeoutSeconds", 1, 300);
        if (name is null)
        {
            if (protocol is not null || endpoint is not null || key is not null)
                values.Complain(Section + "Name", "is missing, so no model is asked.", "Name the model, or remove the other settings of it.");
            return null;
        }

        if (protocol is null) values.Complain(Section + "Protocol", "is missing.", "Use openai or anthropic.");
        if (key is null && endpoint is null) values.Complain(Section + "Key", "is missing.", "Give the key of the API, or the Endpoint of a server that asks for none.");
        if (key is not null && endpoint is not null && IsExposed(new(endpoint)))
            values.Complain(Section + "Endpoint", "would carry the key unencrypted.", "Use https, or a server of this machine.");
        return new()
        {
            Protocol = protocol ?? ModelProtocol.OpenAi,
            Name = name,
            Endpoint = endpoint is null ? null : new(endpoint),
            Key = key,
            Timeout = TimeSpan.FromSeconds(seconds ?? 30),
        };
    }

    private static bool IsExposed(Uri endpoint) => endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback;
}
