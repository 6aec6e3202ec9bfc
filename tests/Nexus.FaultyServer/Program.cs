using Nexus.Core.Providers;
using Nexus.Core.Routing;
using Nexus.FaultyServer;
using Nexus.Server.Startup;

// The server as it is shipped, but that it can be told to die: --port PORT --data FOLDER.
var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
var fault = new Fault(Path.Combine(options["--data"]!, Fault.FileName));
await using var app = ServerHost.Build(
    new Dictionary<string, string?> { ["Nexus:Port"] = options["--port"], ["Nexus:DataDirectory"] = options["--data"] },
    services =>
    {
        services.Decorate<IDeploymentProvider>(provider => new FaultyProvider(provider, fault));
        services.Decorate<IIngressView>(ingress => new FaultyIngress(ingress, fault));
    });
await ServerHost.RunAsync(app, CancellationToken.None);
