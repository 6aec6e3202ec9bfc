using System.Security.Claims;
using System.Text.Json;
using Nexus.Auth.Clients;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Makes the grant that a code is for, to be stored together with it; OpenIddict would store it first.</summary>
internal sealed class NewGrant(Issuance issuance, ClientDirectory clients, TimeProvider time) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireAuthorizationCodeGenerated>()
            .UseScopedHandler<NewGrant>()
            .SetOrder(OpenIddictServerHandlers.AttachAuthorization.Descriptor.Order - 200)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        var now = time.GetUtcNow();
        issuance.Grant = new OAuthGrant
        {
            Id = Guid.CreateVersion7(now),
            Application = await clients.GetAsync(context.ClientId!, context.CancellationToken),
            CreationDate = now.UtcDateTime,
            Scopes = JsonSerializer.Serialize(context.Principal!.GetScopes()),
            Status = Statuses.Valid,
            Subject = context.Principal!.FindFirstValue(Claims.Subject),
            Type = AuthorizationTypes.AdHoc,
        };
        context.Principal!.SetAuthorizationId(issuance.Grant.Id.ToString());
    }
}
