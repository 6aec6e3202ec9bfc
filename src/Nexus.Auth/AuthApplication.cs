using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Authorization;
using Nexus.Auth.Clients;
using Nexus.Auth.Discovery;
using Nexus.Auth.Http;
using Nexus.Auth.Sessions;
using Nexus.Auth.Startup;
using Nexus.Auth.Storage;

namespace Nexus.Auth;

/// <summary>Puts the authorization server into an application.</summary>
public static class AuthApplication
{
    /// <summary>
    /// Brings tables and keys up to date, and creates what the configuration names (the static client, the Owner).
    /// To be called once before the application starts, after the core's tables are up to date.
    /// </summary>
    public static async Task InitializeNexusAuthAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var step in services.GetServices<IStartupStep>()) await step.RunAsync(cancellationToken);
    }

    /// <summary>Builds what the first use of the tables would otherwise wait for. May run while the core's tables are brought up to date.</summary>
    public static void WarmUpNexusAuth(this IServiceProvider services)
    {
        using var db = services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContext();
        _ = db.Model;
    }

    /// <summary>
    /// The endpoints and pages, and the middleware that they need, which other paths' requests pass untouched.
    /// Goes after forwarded headers and host filtering.
    /// </summary>
    public static WebApplication MapNexusAuth(this WebApplication app)
    {
        UseMiddleware(app);
        var addresses = app.Services.GetRequiredService<AuthAddresses>();
        DiscoveryEndpoints.Map(app, addresses);
        RegistrationEndpoints.Map(app, addresses);
        UserInfoEndpoint.Map(app, addresses);
        SessionEndpoints.Map(app);
        BridgeEndpoint.Map(app);
        Asset.MapAll(app);
        app.MapRazorPages();
        return app;
    }

    private static void UseMiddleware(IApplicationBuilder app)
    {
        // WebApplication would run authentication, and OpenIddict with it, for every request; the branch below is enough.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        // It would run authorization too, applications' requests included; no endpoint here leaves that to it.
        app.Properties["__AuthorizationMiddlewareSet"] = true;

        app.UseWhen(
            context => OwnPaths.Any(context.Request.Path),
            branch =>
            {
                branch.UseMiddleware<PinnedAddress>();
                branch.UseWhen(context => OwnPaths.IsPage(context.Request.Path), pages => pages.UseMiddleware<PageSecurity>());
                branch.UseWhen(context => OwnPaths.IsOpenToScripts(context.Request.Path), open => open.UseCors(AnyOrigin));
                branch.UseMiddleware<RequestHygiene>();
                branch.UseAuthentication();
            });
    }

    // Browser clients call these with tokens, never with cookies.
    private static void AnyOrigin(CorsPolicyBuilder policy) => policy
        .AllowAnyOrigin()
        .AllowAnyMethod()
        .AllowAnyHeader()
        .WithExposedHeaders("WWW-Authenticate", "Retry-After")
        .SetPreflightMaxAge(TimeSpan.FromHours(1));
}
