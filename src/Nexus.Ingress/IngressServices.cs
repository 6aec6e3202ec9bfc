using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nexus.Core.Routing;
using Nexus.Ingress.Certificates;
using Nexus.Ingress.Forwarding;
using Nexus.Ingress.Routes;

namespace Nexus.Ingress;

/// <summary>Registers the ingress and puts it into the pipeline.</summary>
public static class IngressServices
{
    public static IServiceCollection AddNexusIngress(this IServiceCollection services, IngressOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddHttpForwarder();
        services.AddSingleton(options ?? new IngressOptions());
        services.AddSingleton<LiveRoutes>();
        services.AddSingleton<IIngressView>(provider => provider.GetRequiredService<LiveRoutes>());
        services.AddSingleton<AppHosts>();
        services.AddSingleton<ReplicaClient>();
        services.AddSingleton<IngressMetrics>();
        services.AddSingleton<ReplicaForwarder>();
        services.AddHostedService<RouteFeed>();
        return services;
    }

    /// <summary>
    /// Takes the requests for applications' host names and passes all others on. Put it before everything that looks at paths,
    /// cookies or tokens: those of an application are none of the server's business.
    /// </summary>
    public static IApplicationBuilder UseNexusIngress(this IApplicationBuilder app)
    {
        var hosts = app.ApplicationServices.GetRequiredService<AppHosts>();
        var forwarder = app.ApplicationServices.GetRequiredService<ReplicaForwarder>();
        var challenges = app.ApplicationServices.GetService<ChallengeResponder>();
        return app.Use(next => context =>
            hosts.Find(context.Request.Host) is not { } host ? next(context)
            : host.IsDomain && challenges is not null ? ForwardUnlessChallengedAsync(context, host, challenges, forwarder)
            : forwarder.ForwardAsync(context, host));
    }

    private static async Task ForwardUnlessChallengedAsync(
        HttpContext context, AppHost host, ChallengeResponder challenges, ReplicaForwarder forwarder)
    {
        if (!await challenges.TryAnswerAsync(context)) await forwarder.ForwardAsync(context, host);
    }
}
