using Nexus.Auth;
using Nexus.Core.Providers;
using Nexus.Server.Configuration;

namespace Nexus.Server.Startup;

/// <summary>What the person who started the server needs to know next.</summary>
internal sealed class Banner(ServerSettings settings, ProviderCatalog providers, IServiceProvider services)
{
    public async Task PrintAsync(CancellationToken cancellationToken)
    {
        var addresses = settings.Addresses;
        var lines = new List<string>
        {
            "",
            "Nexus is ready.",
            $"  MCP URL      {addresses.McpResource}   (paste this into Claude, ChatGPT, Codex, …)",
            $"  Issuer       {addresses.Issuer}",
            $"  Deployments  {addresses.AppUrl("NAME")}",
        };
        foreach (var provider in providers.All)
            lines.Add($"  Provider     {await DescribeAsync(provider, cancellationToken)}");
        if (settings.Plays(ServerRole.Auth) && await services.GetRequiredService<SetUpLink>().FindAsync(cancellationToken) is { } link)
            lines.AddRange(["", "There is no owner yet. Open this link once to create one:", $"  {link}"]);
        lines.Add("");
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines).AsMemory(), cancellationToken);
    }

    private static async Task<string> DescribeAsync(IDeploymentProvider provider, CancellationToken cancellationToken)
    {
        var availability = await provider.CheckAsync(cancellationToken);
        return availability.Available
            ? $"{provider.Id}: available ({availability.Version})"
            : $"{provider.Id}: not available. {availability.Reason}";
    }
}
